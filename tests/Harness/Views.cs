namespace GridActors.Harness;

// The shapes of docs/api.md, written a second time. Tests read these and not the service's own types, so that a change of those can't hide
// a broken promise.

public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

public sealed record CaseList(IReadOnlyList<CaseSummary> Items, string? Next, int? Total, bool? TotalIsExact);

public record CaseSummary(
    string Id,
    string Number,
    string Status,
    string? Outcome,
    string Category,
    string CategoryName,
    string CategoryNameEn,
    string Class,
    string Area,
    string AreaName,
    string Title,
    bool Confidential,
    string Reporter,
    string ReporterName,
    string? Claimant,
    string? ClaimantName,
    DateTimeOffset ReportedAt,
    DateTimeOffset? ClaimedAt,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset UpdatedAt,
    int Version,
    string? Level = null,
    DateTimeOffset? DueAt = null,
    string? DueTerm = null,
    Remaining? Remaining = null,
    string? Photo = null
);

public sealed record Remaining(int Minutes, bool OfficeHours, int? WorkingDays);

public sealed record CaseView
{
    public required string Id { get; init; }
    public required string Number { get; init; }
    public required string Status { get; init; }
    public string? Outcome { get; init; }
    public required string Category { get; init; }
    public required string Area { get; init; }
    public required string AreaName { get; init; }
    public required string Title { get; init; }
    public required string Detail { get; init; }
    public bool Confidential { get; init; }
    public required string Reporter { get; init; }
    public string? Claimant { get; init; }
    public string? ClaimantName { get; init; }
    public DateTimeOffset ReportedAt { get; init; }
    public DateTimeOffset? ClaimedAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public int Version { get; init; }
    public Place? Position { get; init; }
    public bool Paused { get; init; }
    public TimeRequest? Request { get; init; }
    public IReadOnlyList<CasePhoto> Photos { get; init; } = [];
    public string? Department { get; init; }
    public string? DepartmentName { get; init; }
    public string CategoryName { get; init; } = "";
    public string Class { get; init; } = "";
    public int? Rating { get; init; }
    public IReadOnlyList<string> OfferedTo { get; init; } = [];
    public IReadOnlyList<string> Actions { get; init; } = [];
    public DateTimeOffset? DueAt { get; init; }
    public bool DueSoon { get; init; }
    public bool Overdue { get; init; }
    public IReadOnlyList<Clock> Clocks { get; init; } = [];
    public string? Level { get; init; }
    public string? LevelName { get; init; }
    public IReadOnlyList<LadderStep> Ladder { get; init; } = [];
    public IReadOnlyList<Recipient> Recipients { get; init; } = [];
    public IReadOnlyList<Supervision> Supervisions { get; init; } = [];
    public IReadOnlyList<CaseReturn> Returns { get; init; } = [];
    public int? MaxReturns { get; init; }
    public DateTimeOffset? ReopenUntil { get; init; }
    public IReadOnlyList<Forward> Forwards { get; init; } = [];
    public IReadOnlyList<CaseConsultation> Consultations { get; init; } = [];
    public IReadOnlyList<CaseTask> Tasks { get; init; } = [];
    public IReadOnlyList<LedgerItem> Ledger { get; init; } = [];
    public MainCase? MergedInto { get; init; }
    public IReadOnlyList<DuplicateCase> Duplicates { get; init; } = [];
}

public sealed record MainCase(string Id, string Number, string Status);

public sealed record DuplicateCase(string Id, string Number);

public sealed record SimilarCase(double Score, int? Metres, bool Earlier, CaseSummary Case);

public sealed record CaseReturn(DateTimeOffset At, string By, string ByName, string Reason);

public sealed record Forward(
    string System,
    string SystemName,
    string State,
    DateTimeOffset At,
    string By,
    string Reason,
    DateTimeOffset? DueAt,
    DateTimeOffset? EndedAt,
    string? Answer
);

public sealed record OutboxMessage(
    string Id,
    string System,
    string SystemName,
    string Kind,
    string? Case,
    string? Number,
    string State,
    int Attempts,
    DateTimeOffset? NextAt,
    DateTimeOffset? SentAt,
    string? Error
);

public sealed record Supervision(
    string Number,
    DateTimeOffset At,
    string By,
    string Reason,
    string? Clock,
    DateTimeOffset? DueAt,
    DateTimeOffset? AnsweredAt,
    string? AnsweredBy,
    string? Answer
);

public sealed record SupervisedCase(string State, Supervision Notice, CaseSummary Case);

public sealed record Recipient(string Person, string Name, string PostName, string AreaName, string? Why, string? WhyEn);

public sealed record LadderStep(string Level, string Name, string NameEn, string Area, string AreaName, bool Here, bool Vacant);

public sealed record LevelName(string Id, string Name, string NameEn);

public sealed record Clock(
    string Name,
    string Term,
    DateTimeOffset StartedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? WarnAt,
    string State,
    DateTimeOffset? BreachedAt,
    DateTimeOffset? MetAt,
    bool Provisional,
    string? Explanation,
    string? ExplanationEn
);

public sealed record Place(double Lon, double Lat);

public sealed record CasePhoto(string Id, string Step);

public sealed record HistoryItem(
    int Sequence,
    DateTimeOffset At,
    string By,
    string ByName,
    string Step,
    string Status,
    string? Text,
    string? To,
    string? ToName,
    IReadOnlyList<string> Photos,
    string? From = null,
    string? FromName = null,
    string? Term = null,
    IReadOnlyList<MovedTime>? Moved = null,
    string? Clock = null,
    string? Level = null,
    string? LevelName = null,
    IReadOnlyList<LevelName>? Vacant = null,
    bool AfterReturns = false,
    MainCase? Main = null,
    DuplicateCase? Duplicate = null
);

public sealed record MovedTime(string Clock, DateTimeOffset DueAt, bool Provisional);

public sealed record TimeRequest(string Kind, string? Term, string By, IReadOnlyList<string> Approvers);

public sealed record Counts(
    int Reported,
    int Open,
    int Unclaimed,
    int Claimed,
    int Resolved,
    int Overdue,
    int Closed,
    int Explained,
    int ReportedToday,
    int ClosedToday,
    int DueSoon = 0,
    int Escalated = 0,
    int Supervised = 0
);

public sealed record Child(string Code, string Name, Counts Counts);

public sealed record TickerItem(
    DateTimeOffset At,
    string Step,
    string Status,
    string CaseId,
    string Number,
    string Area,
    string AreaName,
    string Category,
    string CategoryName,
    string? Title,
    string By,
    string ByName,
    string? Clock = null
);

public sealed record AreaView(
    string Code,
    string Name,
    string Level,
    string LevelName,
    string LevelNameEn,
    string Kind,
    bool Generated,
    string? Parent,
    IReadOnlyList<PathItem> Path,
    int Children
);

public sealed record PathItem(string Code, string Name, string Level);

public sealed record Board(
    long Epoch,
    long Sequence,
    AreaView Area,
    DateTimeOffset AsOf,
    DateOnly Day,
    Counts Counts,
    IReadOnlyList<Child> Children,
    IReadOnlyList<TickerItem> Ticker
);

public sealed record Frame(
    string Area,
    long Epoch,
    long Previous,
    long Sequence,
    bool Full,
    DateTimeOffset AsOf,
    DateOnly Day,
    Counts Counts,
    IReadOnlyList<Child> Children,
    IReadOnlyList<TickerItem> Ticker
);

public sealed record InboxItem(string Role, bool Unread, DateTimeOffset Since, CaseSummary Case);

public sealed record InboxCounts(int Offered, int Mine, int Watching, int Reported, int Deciding, int Consulted, int Tasked, int Unread);

public sealed record InboxView(IReadOnlyList<InboxItem> Items, InboxCounts Counts, string? Next);

public sealed record CaseChanged(string Id, int Version, string Step, string By, string ByName, CaseSummary Case);

public sealed record InboxChanged(string Role, bool Unread, string CaseId, string? Step, string? By, string? ByName, CaseSummary? Case);

public sealed record Verification(int Areas, IReadOnlyList<Difference> Differences, IReadOnlyList<string> Divergent);

public sealed record Difference(string Area, string Field, long Board, long Counted);

public sealed record PackVersionView(int Number, string? By, string Note, bool InForce);

public sealed record PackDraftView(int Revision, string? By, IReadOnlyList<string> Changed);

public sealed record PackStateView(PackVersionView Version, PackDraftView? Draft, IReadOnlyList<string> Files);

public sealed record PackErrorView(string File, int Line, string Message);

public sealed record PackChangeView(string List, string Change, string Id, IReadOnlyList<string> Fields);

public sealed record TouchedView(int Open, int Rerouted, int Earlier, int Later, int Overdue);

public sealed record PackWarningView(string Code, string Id, string Name, int Count, string? Other);

public sealed record PackCheckView(
    int Revision,
    int Version,
    IReadOnlyList<PackErrorView> Errors,
    string? Conflict,
    IReadOnlyList<PackChangeView> Changes,
    IReadOnlyList<PackWarningView> Warnings,
    TouchedView? Cases
);

public sealed record LeaveView(
    string Id,
    string Person,
    string State,
    IReadOnlyList<DeputyView> Deputies,
    bool ByPost,
    string? EndedBy,
    bool MayEnd
);

public sealed record DeputyView(string Person, string Name);
