using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>Where a handover to another system stands. The numbers travel: never change or reuse one.</summary>
public enum ForwardState : byte
{
    /// <summary>The other system owes its answer.</summary>
    Waiting = 1,
    Solved = 2,

    /// <summary>The other system gave the case back.</summary>
    Refused = 3,

    /// <summary>It was taken back, or its claim ended, before the other system answered.</summary>
    Withdrawn = 4,
}

/// <summary>What another system answers. The numbers travel.</summary>
public enum ForwardAnswer : byte
{
    /// <summary>How far it is. The answer itself is still to come.</summary>
    Progress = 1,
    Solved = 2,
    Refused = 3,
}

/// <summary>A handover of a case to another system (转外部系统), e.g. the 12345 hotline.</summary>
/// <param name="System">A system of the pack.</param>
/// <param name="Message">The id of the message that told the other system.</param>
/// <param name="DueAt">By when its answer is expected; null when the pack sets no term.</param>
/// <param name="EndedAt">When it stopped waiting; null while it waits.</param>
/// <param name="Answer">What the other system said at last; empty where it didn't.</param>
[GenerateSerializer, Immutable, Alias("gridactors.CaseForward")]
public sealed record CaseForward(
    [property: Id(0)] string System,
    [property: Id(1)] Guid Message,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] PersonId By,
    [property: Id(4)] string Reason,
    [property: Id(5)] DateTimeOffset? DueAt,
    [property: Id(6)] ForwardState State,
    [property: Id(7)] DateTimeOffset? EndedAt,
    [property: Id(8)] string Answer
);
