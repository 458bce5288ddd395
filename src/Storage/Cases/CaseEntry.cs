using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Storage.Journal;

namespace GridActors.Storage.Cases;

/// <summary>The events that a command appends to a case, with the case before (null for a new one) and after them.</summary>
public sealed class CaseEntry : JournalEntry
{
    public required CaseView? Before { get; init; }
    public required CaseView Case { get; init; }

    /// <summary>The first moments of the clocks that the command started.</summary>
    public ImmutableArray<ClockMoment> Moments { get; init; } = [];

    public static string StreamOf(Guid id) => string.Concat("case/", id.ToString("N"));
}
