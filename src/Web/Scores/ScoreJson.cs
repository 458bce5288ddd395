using GridActors.Contracts.Scores;
using GridActors.Domain.Scores;

namespace GridActors.Web.Scores;

/// <summary>What check-ins count for, and who sees rankings.</summary>
/// <param name="CheckIns"><c>evidence</c> or <c>off</c>.</param>
/// <param name="Ranking"><c>self</c>, <c>supervisors</c> or <c>team</c>.</param>
/// <param name="Basis">The rules of the state on which the policy rests.</param>
public sealed record ScorePolicyJson(string CheckIns, string Ranking, string Basis, string BasisEn)
{
    public static ScorePolicyJson Of(ScoreRules rules) =>
        new(ScoreNames.Of(rules.CheckIns), ScoreNames.Of(rules.Ranking), rules.Basis, rules.BasisEn);
}

/// <summary>Something that is measured (考核项).</summary>
/// <param name="Points">How much can be earned, or lost where it deducts.</param>
/// <param name="Target">From which rate on all points are earned, 0 to 1.</param>
/// <param name="Floor">Up to which rate nothing is earned.</param>
/// <param name="Each">Points for each; null where a rate earns.</param>
/// <param name="PerDay">How many count on one day at most.</param>
/// <param name="PerDutyDay">How many are expected for each day on duty.</param>
public sealed record ScoreItemJson(
    string Id,
    string Name,
    string NameEn,
    string Group,
    string GroupEn,
    string Measure,
    IReadOnlyList<string> Posts,
    decimal Points,
    decimal? Target,
    decimal? Floor,
    decimal? Each,
    int? PerDay,
    decimal? PerDutyDay,
    bool Deducts
)
{
    public static ScoreItemJson Of(ScoreItem item) =>
        new(
            item.Id,
            item.Name,
            item.NameEn,
            item.Group,
            item.GroupEn,
            ScoreNames.Of(item.Measure),
            item.Posts,
            item.Points,
            item.Each is null ? item.Target : null,
            item.Each is null ? item.Floor : null,
            item.Each,
            item.PerDay,
            item.PerDutyDay,
            item.Deducts
        );
}

/// <summary>The rules by which workers are scored.</summary>
/// <param name="From">The month from which they hold.</param>
/// <param name="Versions">All rules that the place has, also those to come.</param>
public sealed record ScoreRulesJson(
    int Version,
    string From,
    int FullMarks,
    string Note,
    string NoteEn,
    ScorePolicyJson Policy,
    IReadOnlyList<ScoreItemJson> Items,
    IReadOnlyList<ScoreVersionJson> Versions
)
{
    public static ScoreRulesJson Of(ScoreRules rules, ScoreRuleSet set) =>
        new(
            set.Version,
            set.From.ToString(),
            set.FullMarks,
            set.Note,
            set.NoteEn,
            ScorePolicyJson.Of(rules),
            [.. set.Items.Select(ScoreItemJson.Of)],
            [.. rules.Sets.Select(s => new ScoreVersionJson(s.Version, s.From.ToString()))]
        );
}

public sealed record ScoreVersionJson(int Version, string From);

/// <summary>An event behind a line.</summary>
/// <param name="Kind"><c>day</c>, <c>record</c>, <c>household</c>, <c>case</c> or <c>task</c>.</param>
/// <param name="Id">A date, or the id of the record, household, case or task.</param>
/// <param name="Label">
/// A register number, a title, or a household's head and door as far as the caller may see them; empty where there is none.
/// </param>
/// <param name="Counts">It earned its part, or cost it where the item deducts.</param>
/// <param name="Note">Why it doesn't count, or that a doubt waits for a head; null when there is nothing to say.</param>
public sealed record ScoreEvidenceJson(string Kind, string Id, string Label, DateTimeOffset? At, bool Counts, string? Note)
{
    /// <param name="households">What the caller may see of them.</param>
    public static ScoreEvidenceJson Of(ScoreEvidence evidence, IReadOnlyDictionary<string, string> households) =>
        new(
            evidence.Kind switch
            {
                EvidenceKind.Day => "day",
                EvidenceKind.Record => "record",
                EvidenceKind.Household => "household",
                EvidenceKind.Case => "case",
                _ => "task",
            },
            evidence.Id,
            evidence.Kind == EvidenceKind.Household ? households.GetValueOrDefault(evidence.Id, "") : evidence.Label,
            evidence.At,
            evidence.Counts,
            NoteOf(evidence.Note)
        );

    static string? NoteOf(EvidenceNote note) =>
        note switch
        {
            EvidenceNote.Doubted => "doubted",
            EvidenceNote.NotOnDuty => "not-on-duty",
            EvidenceNote.NoPatrol => "no-patrol",
            EvidenceNote.Again => "again",
            EvidenceNote.DayFull => "day-full",
            EvidenceNote.Overdue => "overdue",
            EvidenceNote.NeverVisited => "never-visited",
            EvidenceNote.Waiting => "waiting",
            EvidenceNote.Duplicate => "duplicate",
            EvidenceNote.Own => "own",
            EvidenceNote.Late => "late",
            EvidenceNote.NotDone => "not-done",
            EvidenceNote.Excused => "excused",
            EvidenceNote.Unsatisfied => "unsatisfied",
            _ => null,
        };
}

/// <summary>What an item came to.</summary>
/// <param name="Item">Its id.</param>
/// <param name="Points">Two decimals; below zero where it deducts.</param>
/// <param name="Of">How much could be earned.</param>
/// <param name="Applies">False when there was nothing to be done, so that it counts in no full marks.</param>
public sealed record ScorePointsJson(string Item, decimal Points, decimal Of, bool Applies);

/// <summary>An item with everything behind it.</summary>
/// <param name="Measured">How many counted.</param>
/// <param name="OutOf">Of how many; null for a number that is compared with nothing.</param>
/// <param name="Computed">The points before an appeal changed them; null when none did.</param>
public sealed record ScoreLineJson(
    ScoreItemJson Item,
    decimal Points,
    decimal Of,
    bool Applies,
    decimal Measured,
    decimal? OutOf,
    IReadOnlyList<ScoreEvidenceJson> Evidence,
    decimal? Computed
)
{
    /// <param name="settled">The line as it was recorded when the month was closed; null while it is open.</param>
    /// <param name="adjusted">By how many points appeals changed lines.</param>
    public static ScoreLineJson From(
        ScoreLine line,
        ScoredLine? settled,
        IReadOnlyDictionary<string, decimal> adjusted,
        IReadOnlyDictionary<string, string> households
    )
    {
        var points = settled is null ? line.Points : ScoreTotals.Points(settled, adjusted);
        return new(
            ScoreItemJson.Of(line.Item),
            points,
            settled?.Of ?? line.Of,
            settled?.Applies ?? line.Applies,
            settled?.Measured ?? line.Measured,
            settled is null ? line.OutOf : settled.OutOf,
            [.. line.Evidence.Select(e => ScoreEvidenceJson.Of(e, households))],
            settled is not null && settled.Points != points ? settled.Points : null
        );
    }
}

/// <summary>How the marks of a team are spread, without names.</summary>
/// <param name="People">How many have a mark.</param>
/// <param name="Middle">Half of them have less.</param>
public sealed record ScoreStandingJson(
    string Area,
    string AreaName,
    int People,
    decimal Lowest,
    decimal LowerQuarter,
    decimal Middle,
    decimal UpperQuarter,
    decimal Highest
);

/// <summary>The days by which a score is normalised.</summary>
/// <param name="Working">Working days so far, leave included.</param>
/// <param name="Expected">Those without leave.</param>
public sealed record ScoreDaysJson(int Working, int Leave, int Expected, int OnDuty);

/// <summary>Somebody's score of a month, with why (我的得分与依据).</summary>
/// <param name="Until">The last day that counts so far.</param>
/// <param name="IsProvisional">The month isn't over.</param>
/// <param name="RulesVersion">The rules by which it was computed.</param>
/// <param name="InForce">Whether these are the ones that hold in the month; false for a trial of others.</param>
/// <param name="Mark">The points as a part of the full marks; null when no item applies.</param>
/// <param name="ClosedAt">When the month was closed; null while it is open.</param>
/// <param name="Standing">Where the policy lets everybody see it, and the team has at least five people.</param>
public sealed record ScoreJson(
    string Person,
    string Name,
    string Post,
    string PostName,
    string PostNameEn,
    string Area,
    string AreaName,
    string Month,
    DateOnly Until,
    bool IsProvisional,
    int RulesVersion,
    bool InForce,
    decimal Points,
    decimal Of,
    decimal? Mark,
    int FullMarks,
    ScoreDaysJson Days,
    IReadOnlyList<ScoreLineJson> Lines,
    ScorePolicyJson Policy,
    ScoreStandingJson? Standing,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<ScoreCorrectionJson> Corrections,
    IReadOnlyList<ScoreAppealJson> Appeals
);

/// <summary>One of many scores.</summary>
/// <param name="ClosedAt">When the month was closed for them; null while it is open.</param>
public sealed record ScoreRowJson(
    string Person,
    string Name,
    string Post,
    string PostName,
    string PostNameEn,
    string Area,
    string AreaName,
    decimal Points,
    decimal Of,
    decimal? Mark,
    int OnDuty,
    int Expected,
    IReadOnlyList<ScorePointsJson> Lines,
    DateTimeOffset? ClosedAt
);

/// <summary>The scores of everybody in an area, in the order of the tree: whoever shows them decides whether to rank.</summary>
public sealed record ScoreListJson(
    string Area,
    string AreaName,
    string Month,
    DateOnly Until,
    bool IsProvisional,
    int RulesVersion,
    int FullMarks,
    ScorePolicyJson Policy,
    IReadOnlyList<ScoreItemJson> Items,
    IReadOnlyList<ScoreRowJson> People
);
