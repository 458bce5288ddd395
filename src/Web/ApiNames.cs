using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;

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
    ];

    /// <summary>The last segment of the call that takes a step, by step. The service itself takes the steps that aren't here.</summary>
    static readonly string[] Actions =
    [
        "report",
        "claim",
        "release",
        "handover",
        "on-site",
        "progress",
        "resolve",
        "explain",
        "transfer",
        "comment",
        "close",
        "reopen",
    ];

    static readonly string[] Statuses = ["", "offered", "claimed", "on-site", "resolved", "explained", "closed"];
    static readonly string[] Roles = ["gone", "offered", "mine", "watching", "reported"];

    public static string Of(CaseStep step) =>
        step switch
        {
            CaseStep.ClockWarned => "clock-warned",
            CaseStep.ClockBreached => "clock-breached",
            CaseStep.Lapsed => "lapsed",
            _ => NameIn(Steps, (int)step),
        };

    public static string Of(ClockName clock) => JsonNamingPolicy.CamelCase.ConvertName(clock.ToString());

    public static string Of(ClockState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    public static string Of(CaseStatus status) => NameIn(Statuses, (int)status);

    public static string Of(ExportState state) => state.ToString().ToLowerInvariant();

    public static string Of(InboxRole role) => Roles[(int)role];

    /// <returns>Null when the name is none of a role that a case in an inbox has.</returns>
    public static InboxRole? InboxRoleOf(string name) => Array.IndexOf(Roles, name, 1) is > 0 and var role ? (InboxRole)role : null;

    public static string Of(Permission permission) => permission.ToString().ToLowerInvariant();

    public static string? Of(CaseOutcome outcome) =>
        outcome switch
        {
            CaseOutcome.Resolved => "resolved",
            CaseOutcome.Explained => "explained",
            _ => null,
        };

    public static IReadOnlyList<string> Of(CaseSteps steps) => [.. Actions.Where((_, i) => ((int)steps & 1 << i) != 0)];

    /// <summary>In the middle of an upgrade, a silo of a later version may answer a value that this one doesn't know.</summary>
    static string NameIn(string[] names, int value) => value < names.Length ? names[value] : "unknown";

    /// <summary>Reads the statuses a list is filtered by; <c>open</c> stands for every status but closed.</summary>
    /// <returns>Null when one of the names is not a status.</returns>
    public static IReadOnlyList<CaseStatus>? StatusFilter(IEnumerable<string> names)
    {
        var statuses = new HashSet<CaseStatus>();
        foreach (var name in names.SelectMany(n => n.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (name == "open")
                statuses.UnionWith(Enum.GetValues<CaseStatus>().Where(s => s != CaseStatus.Closed));
            else if (Array.IndexOf(Statuses, name, 1) is > 0 and var status)
                statuses.Add((CaseStatus)status);
            else
                return null;
        }
        return [.. statuses];
    }
}
