using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Contracts.Inbox;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using GridActors.Domain.Staff;
using GridActors.Storage.Cases;
using GridActors.Storage.Consultations;
using GridActors.Storage.Outbox;
using GridActors.Web.Leaves;
using GridActors.Web.Staff;

namespace GridActors.Web;

/// <summary>How the values of enumerations are written in JSON. docs/api.md lists the same names.</summary>
static class ApiNames
{
    static readonly string[] Steps =
    [
        "reported",
        "claimed",
        "released",
        "handed-over",
        "on-site",
        "progressed",
        "resolved",
        "explained",
        "transferred",
        "commented",
        "closed",
        "reopened",
        "reoffered",
        "escalated",
        "sent-back",
        "supervised",
        "supervision-answered",
        "returned",
        "merged",
        "linked",
    ];

    /// <summary>The last segment of the call that takes a step. The service itself takes the steps that aren't here.</summary>
    static readonly (CaseSteps Step, string Name)[] Actions =
    [
        (CaseSteps.Reported, "report"),
        (CaseSteps.Claimed, "claim"),
        (CaseSteps.Released, "release"),
        (CaseSteps.HandedOver, "handover"),
        (CaseSteps.OnSite, "on-site"),
        (CaseSteps.Progressed, "progress"),
        (CaseSteps.Resolved, "resolve"),
        (CaseSteps.Explained, "explain"),
        (CaseSteps.Transferred, "transfer"),
        (CaseSteps.Commented, "comment"),
        (CaseSteps.Closed, "close"),
        (CaseSteps.Reopened, "reopen"),
        (CaseSteps.PauseAsked, "pause"),
        (CaseSteps.ExtensionAsked, "extension"),
        (CaseSteps.Paused | CaseSteps.Extended, "grant"),
        (CaseSteps.RequestRefused, "refuse"),
        (CaseSteps.Resumed, "resume"),
        (CaseSteps.Escalated, "escalate"),
        (CaseSteps.SentBack, "send-back"),
        (CaseSteps.Supervised, "supervise"),
        (CaseSteps.SupervisionAnswered, "answer"),
        (CaseSteps.Returned, "return"),
        (CaseSteps.Forwarded, "forward"),
        (CaseSteps.Recalled, "recall"),
        (CaseSteps.ConsultationCalled, "consult"),
        (CaseSteps.Tabled, "table"),
        (CaseSteps.Merged, "merge"),
        (CaseSteps.Linked, "link"),
    ];

    static readonly string[] Statuses = ["", "offered", "claimed", "on-site", "resolved", "explained", "closed", "merged"];
    static readonly string[] Roles = ["gone", "offered", "mine", "watching", "reported", "deciding", "consulted", "tasked"];

    public static string Of(CaseStep step) =>
        step switch
        {
            CaseStep.ClockWarned => "clock-warned",
            CaseStep.ClockBreached => "clock-breached",
            CaseStep.Lapsed => "lapsed",
            CaseStep.DuplicateJoined => "duplicate-joined",
            CaseStep.MainStepped => "main-stepped",
            CaseStep.LinkAdded => "link-added",
            CaseStep.Replanned => "replanned",
            CaseStep.PauseAsked => "pause-asked",
            CaseStep.ExtensionAsked => "extension-asked",
            CaseStep.Paused => "paused",
            CaseStep.Extended => "extended",
            CaseStep.RequestRefused => "request-refused",
            CaseStep.Resumed => "resumed",
            CaseStep.Forwarded => "forwarded",
            CaseStep.Recalled => "recalled",
            CaseStep.ForwardAnswered => "forward-answered",
            CaseStep.ConsultationCalled => "consultation-called",
            CaseStep.OpinionGiven => "opinion-given",
            CaseStep.ConsultationDecided => "consultation-decided",
            CaseStep.TaskFinished => "task-finished",
            CaseStep.Tabled => "tabled",
            CaseStep.MeetingDecided => "meeting-decided",
            _ => NameIn(Steps, (int)step),
        };

    public static string Of(ClockName clock) => JsonNamingPolicy.CamelCase.ConvertName(clock.ToString());

    public static string Of(DayUse use) => JsonNamingPolicy.CamelCase.ConvertName(use.ToString());

    public static string Of(DayKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    public static string Of(HoldKind kind) => kind.ToString().ToLowerInvariant();

    public static string Of(BoardRank rank) => JsonNamingPolicy.CamelCase.ConvertName(rank.ToString());

    public static string Of(ClockState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    public static string Of(CaseStatus status) => NameIn(Statuses, (int)status);

    public static string Of(SupervisionState state) => state.ToString().ToLowerInvariant();

    public static string Of(ForwardState state) => state.ToString().ToLowerInvariant();

    public static string Of(MessageState state) => state.ToString().ToLowerInvariant();

    public static string Of(ConsultationStatus status) => status.ToString().ToLowerInvariant();

    public static IReadOnlyList<string> Of(ConsultationActions actions)
    {
        var names = new List<string>();
        if (actions.HasFlag(ConsultationActions.GiveOpinion))
            names.Add("opinion");
        if (actions.HasFlag(ConsultationActions.Decide))
            names.Add("decide");
        return names;
    }

    public static string Of(StaffChangeKind kind) => kind.ToString().ToLowerInvariant();

    /// <returns>Null when the name is none.</returns>
    public static StaffChangeKind? StaffChangeKindOf(string? name)
    {
        foreach (var kind in Enum.GetValues<StaffChangeKind>())
            if (Of(kind) == name)
                return kind;
        return null;
    }

    public static string Of(StaffChangeState state) => state.ToString().ToLowerInvariant();

    public static string Of(LeaveState state) => state.ToString().ToLowerInvariant();

    public static string Of(ExportState state) => state.ToString().ToLowerInvariant();

    public static string Of(InboxRole role) => Roles[(int)role];

    /// <returns>Null when the name is none of a role that a case in an inbox has.</returns>
    public static InboxRole? InboxRoleOf(string name) => Array.IndexOf(Roles, name, 1) is > 0 and var role ? (InboxRole)role : null;

    public static string Of(Permission permission) => JsonNamingPolicy.KebabCaseLower.ConvertName(permission.ToString());

    public static string? Of(CaseOutcome outcome) =>
        outcome switch
        {
            CaseOutcome.Resolved => "resolved",
            CaseOutcome.Explained => "explained",
            _ => null,
        };

    public static IReadOnlyList<string> Of(CaseSteps steps) => [.. Actions.Where(a => (steps & a.Step) != 0).Select(a => a.Name)];

    /// <summary>In the middle of an upgrade, a silo of a later version may answer a value that this one doesn't know.</summary>
    static string NameIn(string[] names, int value) => value < names.Length ? names[value] : "unknown";

    /// <summary>Reads the statuses a list is filtered by; <c>open</c> stands for every status but closed and merged.</summary>
    /// <returns>Null when one of the names is not a status.</returns>
    public static IReadOnlyList<CaseStatus>? StatusFilter(IEnumerable<string> names)
    {
        var statuses = new HashSet<CaseStatus>();
        foreach (var name in names.SelectMany(n => n.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (name == "open")
                statuses.UnionWith(Enum.GetValues<CaseStatus>().Where(s => s is not (CaseStatus.Closed or CaseStatus.Merged)));
            else if (Array.IndexOf(Statuses, name, 1) is > 0 and var status)
                statuses.Add((CaseStatus)status);
            else
                return null;
        }
        return [.. statuses];
    }
}
