using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>A supervision notice (督办): somebody above asks why a case isn't done, and is owed an answer.</summary>
/// <param name="Number">Its own register number: pack prefix, year, D, six digits or more.</param>
/// <param name="Breached">The clock whose breach issued it; null when somebody did.</param>
/// <param name="DueAt">By when the answer is owed; null when no term was set.</param>
[GenerateSerializer, Immutable, Alias("gridactors.CaseSupervision")]
public sealed record CaseSupervision(
    [property: Id(0)] string Number,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By,
    [property: Id(3)] string Reason,
    [property: Id(4)] ClockName? Breached,
    [property: Id(5)] DateTimeOffset? DueAt,
    [property: Id(6)] DateTimeOffset? AnsweredAt,
    [property: Id(7)] PersonId? AnsweredBy,
    [property: Id(8)] string Answer
);
