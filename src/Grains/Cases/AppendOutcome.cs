using GridActors.Contracts.Cases;

namespace GridActors.Grains.Cases;

/// <summary>The outcome of appending an entry to a case's stream.</summary>
enum AppendOutcome
{
    Durable,

    /// <summary>Another activation of the case wrote to the stream first.</summary>
    Conflict,

    /// <summary>The journal's queue is full. Nothing was accepted.</summary>
    Busy,

    /// <summary>The database is unavailable. Nothing was accepted.</summary>
    Unavailable,

    /// <summary>The database became unavailable during the commit: the entry may be durable.</summary>
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
