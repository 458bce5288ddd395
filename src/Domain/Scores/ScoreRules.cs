using System.Collections.Frozen;
using System.Collections.Immutable;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Scores;

/// <summary>Whether check-ins may support a score. The numbers are stored in packs by their names.</summary>
public enum CheckInPolicy
{
    /// <summary>They show that somebody was on duty on a day, or somewhere. Their number earns nothing.</summary>
    Evidence,

    /// <summary>Nothing that needs them is measured.</summary>
    Off,
}

/// <summary>Who sees how people compare with each other.</summary>
public enum RankingPolicy
{
    /// <summary>Nobody: everybody sees their own score, and heads that of one person at a time.</summary>
    Self,

    /// <summary>Heads see the scores of everybody below them side by side.</summary>
    Supervisors,

    /// <summary>Heads as before, and everybody sees how the scores of their team are spread, without names.</summary>
    Team,
}

/// <summary>What an item measures.</summary>
public enum ScoreMeasure
{
    /// <summary>Days on duty ÷ working days without leave.</summary>
    Duty,

    /// <summary>Days with a patrol ÷ days on duty.</summary>
    Patrols,

    /// <summary>Visits of households, each household once a day.</summary>
    Visits,

    /// <summary>Linked households that were visited in time ÷ those that must be visited (必访).</summary>
    MustVisit,

    /// <summary>Cases reported that others confirmed by working on them, and that are no duplicate.</summary>
    Reports,

    /// <summary>Cases settled without a breach of a promise ÷ cases settled.</summary>
    CasesOnTime,

    /// <summary>Settled cases whose reporter was satisfied ÷ those that were rated.</summary>
    Satisfaction,

    /// <summary>Times that a settled case was returned to be done again (返工).</summary>
    Returns,

    /// <summary>To-dos of sent tasks finished in time ÷ those that fell due.</summary>
    Tasks,
}

/// <summary>How a place scores its workers, its <c>scores.yaml</c>. docs/packs.md describes the file.</summary>
/// <param name="Basis">On what rules of the state the policy rests; pages print it.</param>
/// <param name="Sets">By the month from which they hold.</param>
public sealed record ScoreRules(
    CheckInPolicy CheckIns,
    RankingPolicy Ranking,
    string Basis,
    string BasisEn,
    ImmutableArray<ScoreRuleSet> Sets
)
{
    public const int DefaultClosesOn = 5;

    /// <summary>On which day of the next month a month is closed, once that day's records of the day before are in.</summary>
    public int ClosesOn { get; init; } = DefaultClosesOn;

    /// <summary>How long a closed score, a correction or a decision can be appealed against.</summary>
    public Term AppealWithin { get; init; } = new(10, TermUnit.WorkingDays);

    /// <summary>How soon an appeal must be decided.</summary>
    public Term AppealAnswer { get; init; } = new(5, TermUnit.WorkingDays);

    /// <summary>The rules that hold in a month; null in one before the first rules.</summary>
    public ScoreRuleSet? In(ScoreMonth month) => Sets.LastOrDefault(s => s.From <= month);

    public ScoreRuleSet? Version(int version) => Sets.FirstOrDefault(s => s.Version == version);
}

/// <summary>Rules that hold from a month on, until later ones do.</summary>
/// <param name="FullMarks">What the points of a post's items add up to.</param>
/// <param name="Note">What it is made after, and what changed; pages print it.</param>
public sealed record ScoreRuleSet(int Version, ScoreMonth From, int FullMarks, string Note, string NoteEn, ImmutableArray<ScoreItem> Items)
{
    /// <summary>The posts whose holders are scored.</summary>
    public IEnumerable<string> Posts => Items.SelectMany(i => i.Posts).Distinct();

    public IEnumerable<ScoreItem> Of(string post) => Items.Where(i => i.Posts.Contains(post));
}

/// <summary>
/// Something that is measured. It is one of three: a rate between <see cref="Floor"/> and <see cref="Target"/>; a number, of which each
/// earns <see cref="Each"/>; or a number that is compared with <see cref="PerDutyDay"/> for each day on duty.
/// </summary>
/// <param name="Group">Under which heading it stands, such as 工作纪律.</param>
/// <param name="Points">How much can be earned, or, where it <see cref="Deducts"/>, lost.</param>
public sealed record ScoreItem(
    string Id,
    string Name,
    string NameEn,
    string Group,
    string GroupEn,
    ImmutableArray<string> Posts,
    ScoreMeasure Measure,
    decimal Points
)
{
    /// <summary>From which rate on, between 0 and 1, all points are earned.</summary>
    public decimal Target { get; init; } = 1;

    /// <summary>Up to which rate nothing is earned. In between points grow evenly.</summary>
    public decimal Floor { get; init; }

    /// <summary>Points for each; null where it isn't numbers that earn.</summary>
    public decimal? Each { get; init; }

    /// <summary>How many count on one day at most; null for no limit.</summary>
    public int? PerDay { get; init; }

    /// <summary>How many are expected for each day on duty; null where it isn't compared with days.</summary>
    public decimal? PerDutyDay { get; init; }

    /// <summary>It takes points away. Such an item counts in no full marks.</summary>
    public bool Deducts { get; init; }

    /// <summary>The purposes of the visits that count; empty for all.</summary>
    public ImmutableArray<string> Purposes { get; init; } = [];

    /// <summary>What it counts may count in another item too.</summary>
    public bool CountsAgain { get; init; }
}

/// <summary>How measures and policies are written, in packs and in the API.</summary>
public static class ScoreNames
{
    public static FrozenDictionary<string, ScoreMeasure> Measures { get; } =
        new Dictionary<string, ScoreMeasure>
        {
            ["duty"] = ScoreMeasure.Duty,
            ["patrols"] = ScoreMeasure.Patrols,
            ["visits"] = ScoreMeasure.Visits,
            ["must-visit"] = ScoreMeasure.MustVisit,
            ["reports"] = ScoreMeasure.Reports,
            ["cases-on-time"] = ScoreMeasure.CasesOnTime,
            ["satisfaction"] = ScoreMeasure.Satisfaction,
            ["returns"] = ScoreMeasure.Returns,
            ["tasks"] = ScoreMeasure.Tasks,
        }.ToFrozenDictionary();

    public static FrozenDictionary<string, CheckInPolicy> CheckIns { get; } =
        new Dictionary<string, CheckInPolicy> { ["evidence"] = CheckInPolicy.Evidence, ["off"] = CheckInPolicy.Off }.ToFrozenDictionary();

    public static FrozenDictionary<string, RankingPolicy> Rankings { get; } =
        new Dictionary<string, RankingPolicy>
        {
            ["self"] = RankingPolicy.Self,
            ["supervisors"] = RankingPolicy.Supervisors,
            ["team"] = RankingPolicy.Team,
        }.ToFrozenDictionary();

    static readonly FrozenDictionary<ScoreMeasure, string> MeasureNames = Measures.ToFrozenDictionary(m => m.Value, m => m.Key);

    public static string Of(ScoreMeasure measure) => MeasureNames[measure];

    public static string Of(CheckInPolicy policy) => policy == CheckInPolicy.Off ? "off" : "evidence";

    public static string Of(RankingPolicy policy) =>
        policy switch
        {
            RankingPolicy.Self => "self",
            RankingPolicy.Team => "team",
            _ => "supervisors",
        };

    /// <summary>What can be a rate: something of something.</summary>
    public static bool IsRate(ScoreMeasure measure) => measure is not (ScoreMeasure.Visits or ScoreMeasure.Reports or ScoreMeasure.Returns);

    /// <summary>What can't be known without check-ins.</summary>
    public static bool NeedsCheckIns(ScoreMeasure measure) => measure is ScoreMeasure.Duty or ScoreMeasure.Patrols;
}
