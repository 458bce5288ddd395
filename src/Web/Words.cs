using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;

namespace GridActors.Web;

/// <summary>How enumerations are written in JSON: the words of docs/api.md.</summary>
static class Words
{
    static readonly string[] Steps =
        ["reported", "claimed", "released", "handed-over", "on-site", "progressed", "resolved", "explained", "transferred", "commented", "closed", "reopened"];

    /// <summary>What the call that takes a step is named, by step.</summary>
    static readonly string[] Actions =
        ["report", "claim", "release", "handover", "on-site", "progress", "resolve", "explain", "transfer", "comment", "close", "reopen"];

    static readonly string[] Statuses = ["", "offered", "claimed", "on-site", "resolved", "explained", "closed"];
    static readonly string[] Roles = ["gone", "offered", "mine", "watching", "reported"];

    public static string Of(CaseStep step) => Steps[(int)step];
    public static string Of(CaseStatus status) => Statuses[(int)status];
    public static string Of(InboxRole role) => Roles[(int)role];

    public static string? Of(CaseOutcome outcome) => outcome switch { CaseOutcome.Resolved => "resolved", CaseOutcome.Explained => "explained", _ => null };

    public static IReadOnlyList<string> Of(CaseSteps steps) => [.. Actions.Where((_, i) => ((int)steps & 1 << i) != 0)];

    /// <returns>The statuses a filter names; null when one of the words is none. <c>open</c> is every status but closed.</returns>
    public static IReadOnlyList<CaseStatus>? Filter(IEnumerable<string> words)
    {
        var statuses = new HashSet<CaseStatus>();
        foreach (var word in words.SelectMany(w => w.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (word == "open") statuses.UnionWith([CaseStatus.Offered, CaseStatus.Claimed, CaseStatus.OnSite, CaseStatus.Resolved, CaseStatus.Explained]);
            else if (Array.IndexOf(Statuses, word, 1) is > 0 and var status) statuses.Add((CaseStatus)status);
            else return null;
        }
        return [.. statuses];
    }
}
