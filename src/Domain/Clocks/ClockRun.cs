using System.Collections.Immutable;

namespace GridActors.Domain.Clocks;

/// <summary>A pause that is over. A clock that stands still has no due time until it goes on.</summary>
public readonly record struct Pause(DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// All that a due time depends on but the working time of the place: with another calendar, the same run gives the time that is due then.
/// </summary>
public sealed record ClockRun(DateTimeOffset StartedAt, Term Term)
{
    /// <summary>They don't overlap.</summary>
    public ImmutableArray<Pause> Pauses { get; init; } = [];

    /// <summary>The terms of approved extensions, in the order of their approval.</summary>
    public ImmutableArray<Term> Extensions { get; init; } = [];
}

/// <param name="Provisional">The official calendar of a year on the way isn't published yet; weekends alone were left out there.</param>
public readonly record struct DueTime(DateTimeOffset At, bool Provisional);
