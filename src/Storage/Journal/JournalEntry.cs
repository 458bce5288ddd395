namespace GridActors.Storage.Journal;

/// <param name="Kind">Name and version of the event's shape, e.g. <c>case.claimed/1</c>.</param>
/// <param name="Data">The event as JSON.</param>
/// <param name="Status">The status that the stream's subject has after the event.</param>
public readonly record struct JournalEvent(string Kind, string Data, short Status);

/// <summary>What one accepted command appends to one stream: all of it or nothing.</summary>
public abstract class JournalEntry
{
    public required string Stream { get; init; }

    /// <summary>
    /// The stream's last sequence before this entry; 0 for a new stream. The entry is a conflict when the stream has a later one.
    /// </summary>
    public required int After { get; init; }
    public required IReadOnlyList<JournalEvent> Events { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required string Area { get; init; }
    public required Guid Operation { get; init; }
}

/// <summary>An event read back.</summary>
public sealed record StoredEvent(int Sequence, string Kind, DateTimeOffset At, string By, Guid Operation, string Data, short Status);

public enum AppendResult
{
    Appended,

    /// <summary>Somebody else has written to the stream after the expected sequence.</summary>
    Conflict,
}

/// <summary>The queue of the journal is full. Nothing was accepted; try again a little later.</summary>
[GenerateSerializer, Alias("gridactors.JournalBusyException")]
public sealed class JournalBusyException() : Exception("The journal's queue is full.");

/// <summary>The journal can't be reached.</summary>
/// <param name="outcomeUnknown">
/// True when the connection broke while the entry was being written, so that it may be durable. Repeating the operation shows whether it
/// is.
/// </param>
[GenerateSerializer, Alias("gridactors.JournalUnavailableException")]
public sealed class JournalUnavailableException(bool outcomeUnknown, Exception? inner = null)
    : Exception(outcomeUnknown ? "The connection to the journal broke; the outcome isn't known." : "The journal can't be reached.", inner)
{
    [Id(0)]
    public bool OutcomeUnknown { get; } = outcomeUnknown;
}
