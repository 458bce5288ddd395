using GridActors.Contracts.Cases;

namespace GridActors.Grains.Cases;

/// <summary>What became of an entry that a case wanted to append to its stream.</summary>
enum AppendOutcome
{
    Durable,

    /// <summary>The stream has moved on: another activation of the case wrote first.</summary>
    Conflict,

    /// <summary>Too much waits to become durable. Nothing was accepted.</summary>
    Busy,

    /// <summary>The database is away. Nothing was accepted.</summary>
    Unavailable,

    /// <summary>The database went away in the middle: the entry may have become durable.</summary>
    Unknown,
}

static class AppendOutcomes
{
    /// <summary>The rejection that tells a caller of an outcome that isn't durable.</summary>
    public static string Code(this AppendOutcome outcome) =>
        outcome switch
        {
            AppendOutcome.Conflict or AppendOutcome.Busy => CaseRejections.Busy,
            AppendOutcome.Unavailable => CaseRejections.Unavailable,
            _ => CaseRejections.OutcomeUnknown,
        };
}
