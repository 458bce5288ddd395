using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Scores;

/// <summary>How far an appeal is. The numbers are stored.</summary>
public enum AppealStatus : byte
{
    Open = 0,
    Granted = 1,
    PartlyGranted = 2,
    Refused = 3,
}

/// <summary>What an item came to, as it was computed.</summary>
/// <param name="Item">Its id in the rules.</param>
/// <param name="Of">How much could be earned; 0 when it doesn't apply, or takes points away.</param>
/// <param name="MaxLoss">How much it can take away; 0 for an item that earns.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ScoredLine")]
public sealed record ScoredLine(
    [property: Id(0)] string Item,
    [property: Id(1)] decimal Points,
    [property: Id(2)] decimal Of,
    [property: Id(3)] bool Applies,
    [property: Id(4)] decimal Measured,
    [property: Id(5)] decimal? OutOf,
    [property: Id(6)] decimal MaxLoss = 0
);

/// <summary>
/// A household that had to be visited when the month was closed. Later moves and changes of groups don't change what was asked.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.MustVisitPin")]
public sealed record MustVisitPin(
    [property: Id(0)] Guid Household,
    [property: Id(1)] DateTimeOffset DueBefore,
    [property: Id(2)] DateTimeOffset? VisitedAt
);

/// <summary>A person's month as it was computed from what was known.</summary>
/// <param name="Area">The area of the post in whose name they are scored.</param>
[GenerateSerializer, Immutable, Alias("gridactors.SettledScore")]
public sealed record SettledScore(
    [property: Id(0)] AreaId Area,
    [property: Id(1)] string Post,
    [property: Id(2)] int RulesVersion,
    [property: Id(3)] int FullMarks,
    [property: Id(4)] ImmutableArray<ScoredLine> Lines,
    [property: Id(5)] ImmutableArray<MustVisitPin> MustVisit
);

/// <summary>A line that came out differently once more was known.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ChangedLine")]
public sealed record ChangedLine([property: Id(0)] string Item, [property: Id(1)] decimal From, [property: Id(2)] decimal To);

[GenerateSerializer, Immutable, Alias("gridactors.ScoreCorrection")]
public sealed record ScoreCorrection([property: Id(0)] DateTimeOffset At, [property: Id(1)] ImmutableArray<ChangedLine> Changes);

/// <summary>What was decided about an appeal.</summary>
/// <param name="Area">Where the post stands by which it was decided.</param>
/// <param name="From">The line's points before.</param>
/// <param name="To">The line's points after.</param>
[GenerateSerializer, Immutable, Alias("gridactors.AppealDecision")]
public sealed record AppealDecision(
    [property: Id(0)] int Instance,
    [property: Id(1)] PersonId By,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] AreaId Area,
    [property: Id(4)] AppealStatus Outcome,
    [property: Id(5)] decimal From,
    [property: Id(6)] decimal To,
    [property: Id(7)] string Reason
);

/// <summary>A worker doubts a line of their score (申诉).</summary>
/// <param name="Instance">1, or 2 once it was raised to somebody above.</param>
/// <param name="DueAt">Until when it must be decided.</param>
/// <param name="Raised">Why the first decision isn't accepted; empty in the first instance.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ScoreAppeal")]
public sealed record ScoreAppeal(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Item,
    [property: Id(2)] string Text,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] DateTimeOffset DueAt,
    [property: Id(5)] int Instance,
    [property: Id(6)] AppealStatus Status,
    [property: Id(7)] string Raised,
    [property: Id(8)] ImmutableArray<AppealDecision> Decisions
);

/// <summary>A worker's month once it is closed.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Settled">As it is known now; null while the month is open.</param>
/// <param name="Adjusted">By how many points a decision about an appeal changed a line, by its item.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ScoreMonthView")]
public sealed record ScoreMonthView(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] DateOnly Month,
    [property: Id(2)] int Version,
    [property: Id(3)] DateTimeOffset? ClosedAt,
    [property: Id(4)] SettledScore? Settled,
    [property: Id(5)] ImmutableArray<ScoreCorrection> Corrections,
    [property: Id(6)] ImmutableArray<ScoreAppeal> Appeals,
    [property: Id(7)] ImmutableDictionary<string, decimal> Adjusted
);

[GenerateSerializer, Immutable, Alias("gridactors.ScoreAnswer")]
public sealed record ScoreAnswer([property: Id(0)] string? Rejection, [property: Id(1)] ScoreMonthView View);
