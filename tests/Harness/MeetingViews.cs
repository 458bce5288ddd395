namespace GridActors.Harness;

/// <summary>The ledger of an area in the answers of the API.</summary>
public sealed record Agenda(
    string Area,
    DateTimeOffset? NextAt,
    string? Meeting,
    bool MayConvene,
    IReadOnlyList<Attendee> Expected,
    IReadOnlyList<LedgerCase> Items
);

public sealed record Attendee(string Person, string? Post, bool Present);

public sealed record LedgerCase(CaseSummary Case, string Reason, string By);

/// <summary>A meeting in the answers of the API.</summary>
public sealed record Meeting(
    string Id,
    string Number,
    string Area,
    DateTimeOffset ScheduledAt,
    IReadOnlyList<Attendee> Attendees,
    IReadOnlyList<MeetingItem> Items,
    string? Minutes,
    DateTimeOffset? ClosedAt,
    bool MayConvene
);

public sealed record MeetingItem(CaseSummary Case, ItemDecision? Decision);

public sealed record ItemDecision(string Text, bool Handled, string By);

public sealed record ListedMeeting(string Id, string Number, string Area, int Items, int Decided, DateTimeOffset? ClosedAt);

public sealed record LedgerItem(string Area, string By, string Reason);
