using GridActors.Contracts.Cases;
using GridActors.Storage.Journal;

namespace GridActors.Grains.Cases;

/// <summary>The outcome of appending an entry to a stream.</summary>
enum AppendOutcome
{
    Durable,

    /// <summary>Another activation of the actor wrote to the stream first.</summary>
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
    /// <summary>Appends an entry, and tells why it isn't durable where it isn't.</summary>
    public static async Task<AppendOutcome> TryAppend(this JournalWriter journal, JournalEntry entry)
    {
        try
        {
            return await journal.Append(entry) == AppendResult.Appended ? AppendOutcome.Durable : AppendOutcome.Conflict;
        }
        catch (JournalBusyException)
        {
            return AppendOutcome.Busy;
        }
        catch (JournalUnavailableException e)
        {
            return e.OutcomeUnknown ? AppendOutcome.Unknown : AppendOutcome.Unavailable;
        }
    }

    /// <summary>The rejection that tells a caller of an outcome that isn't durable.</summary>
    public static string Code(this AppendOutcome outcome) =>
        outcome switch
        {
            AppendOutcome.Conflict or AppendOutcome.Busy => CaseRejections.Busy,
            AppendOutcome.Unavailable => CaseRejections.Unavailable,
            _ => CaseRejections.OutcomeUnknown,
        };
}
