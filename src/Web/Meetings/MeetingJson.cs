using GridActors.Contracts.Meetings;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Storage.Meetings;
using GridActors.Web.Cases;

namespace GridActors.Web.Meetings;

/// <summary>Somebody who is expected at a meeting.</summary>
/// <param name="Post">The post by which they are expected; null for somebody else who attended.</param>
/// <param name="Present">Whether they attended; false before it was recorded.</param>
public sealed record AttendeeJson(string Person, string Name, string? Post, string? PostName, string? PostNameEn, bool Present)
{
    /// <summary>Those whom the pack expects, and others who attended.</summary>
    public static IReadOnlyList<AttendeeJson> Of(AreaNode area, LoadedPack pack, IReadOnlyList<PersonId> present)
    {
        var expected = pack.MeetingOf(area) is { } rule
            ? area.Holders.Where(h => rule.Posts.Contains(h.Post.Id)).DistinctBy(h => h.Person).ToList()
            : [];
        var others = present.Where(p => expected.All(h => h.Person != p));
        return
        [
            .. expected.Select(h => new AttendeeJson(
                h.Person.Id,
                pack.NameOf(h.Person),
                h.Post.Id,
                h.Post.Name,
                h.Post.NameEn,
                present.Contains(h.Person)
            )),
            .. others.Select(p => new AttendeeJson(p.Id, pack.NameOf(p), null, null, null, true)),
        ];
    }
}

/// <summary>A case on a ledger.</summary>
/// <param name="Reason">Why it was put there.</param>
public sealed record LedgerCaseJson(CaseSummaryJson Case, string Reason, DateTimeOffset At, string By, string ByName)
{
    public static LedgerCaseJson Of(LedgerCase item, LoadedPack pack, DateTimeOffset now) =>
        new(CaseSummaryJson.Of(item.Case, pack, now), item.Reason, item.At, item.By.Id, pack.NameOf(item.By));
}

/// <summary>The ledger of an area, and its next meeting.</summary>
/// <param name="NextAt">
/// When it is planned: that of the meeting under way, or of one that is late and can still be held. Null for an area that doesn't meet.
/// </param>
/// <param name="Meeting">The meeting that is under way; null when none is.</param>
/// <param name="MayConvene">Whether the caller may hold it.</param>
public sealed record AgendaJson(
    string Area,
    string AreaName,
    DateTimeOffset? NextAt,
    string? Meeting,
    bool MayConvene,
    IReadOnlyList<AttendeeJson> Expected,
    IReadOnlyList<LedgerCaseJson> Items
);

/// <summary>A task that a meeting gave.</summary>
public sealed record MeetingTaskJson(string Text, IReadOnlyList<string> OwnerNames, string Term, DateTimeOffset DueAt);

/// <summary>What a meeting decided about a case.</summary>
/// <param name="Handled">Whether the case left the ledger. Otherwise it waits for the next meeting, too.</param>
public sealed record ItemDecisionJson(
    string Text,
    bool Handled,
    string By,
    string ByName,
    DateTimeOffset At,
    IReadOnlyList<MeetingTaskJson> Tasks
)
{
    public static ItemDecisionJson Of(ItemDecision decision, LoadedPack pack) =>
        new(
            decision.Text,
            decision.IsHandled,
            decision.By.Id,
            pack.NameOf(decision.By),
            decision.At,
            [.. decision.Tasks.Select(t => new MeetingTaskJson(t.Text, [.. t.Owners.Select(pack.NameOf)], t.Term, t.DueAt))]
        );
}

/// <param name="Decision">Null while nothing is decided about it.</param>
public sealed record MeetingItemJson(CaseSummaryJson Case, ItemDecisionJson? Decision);

/// <summary>A meeting with its agenda, its attendance, its decisions and its minutes.</summary>
/// <param name="ScheduledAt">For when it was planned.</param>
/// <param name="ClosedAt">Null while it goes on.</param>
/// <param name="Minutes">Null while it goes on.</param>
/// <param name="MayConvene">Whether the caller may record what happens in it.</param>
public sealed record MeetingJson(
    string Id,
    string Number,
    string Area,
    string AreaName,
    DateTimeOffset ScheduledAt,
    DateTimeOffset OpenedAt,
    string OpenedByName,
    IReadOnlyList<AttendeeJson> Attendees,
    IReadOnlyList<MeetingItemJson> Items,
    string? Minutes,
    DateTimeOffset? ClosedAt,
    string? ClosedByName,
    bool MayConvene
)
{
    public static MeetingJson Of(MeetingAnswer answer, IReadOnlyDictionary<Guid, CaseRow> cases, LoadedPack pack, DateTimeOffset now)
    {
        var view = answer.Meeting!;
        var area = pack.Areas.GetValueOrDefault(view.Area.Code);
        return new(
            view.Id.ToString("N"),
            view.Number,
            view.Area.Code,
            area?.Name ?? view.Area.Code,
            view.ScheduledAt,
            view.OpenedAt,
            pack.NameOf(view.OpenedBy),
            area is null ? [] : AttendeeJson.Of(area, pack, view.Present),
            [
                .. view
                    .Agenda.Where(cases.ContainsKey)
                    .Select(id => new MeetingItemJson(
                        CaseSummaryJson.Of(cases[id], pack, now),
                        view.Decisions.FirstOrDefault(d => d.Case == id) is { } decided ? ItemDecisionJson.Of(decided, pack) : null
                    )),
            ],
            view.IsOpen ? null : view.Minutes,
            view.ClosedAt,
            view.ClosedBy is { } by ? pack.NameOf(by) : null,
            answer.MayConvene && view.IsOpen
        );
    }
}

/// <summary>A meeting in a list.</summary>
/// <param name="Items">How many cases were on the agenda.</param>
/// <param name="Decided">About how many of them something was decided.</param>
public sealed record ListedMeetingJson(
    string Id,
    string Number,
    string Area,
    string AreaName,
    DateTimeOffset ScheduledAt,
    DateTimeOffset OpenedAt,
    int Items,
    int Decided,
    DateTimeOffset? ClosedAt
)
{
    public static ListedMeetingJson Of(ListedMeeting meeting, LoadedPack pack) =>
        new(
            meeting.Id.ToString("N"),
            meeting.Number,
            meeting.Area.Code,
            pack.Areas.GetValueOrDefault(meeting.Area.Code)?.Name ?? meeting.Area.Code,
            meeting.ScheduledAt,
            meeting.OpenedAt,
            meeting.Items,
            meeting.Decided,
            meeting.ClosedAt
        );
}
