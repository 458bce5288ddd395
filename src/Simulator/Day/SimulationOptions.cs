namespace GridActors.Simulator.Day;

/// <summary>How a simulated day is played. See <see cref="CountyDay"/>.</summary>
public sealed record SimulationOptions
{
    /// <summary>The running service.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// One person per pack who sees all of it and may report there, e.g. a dispatcher of the operations centre. Empty: chosen from the
    /// people that a demo's sign-in page offers.
    /// </summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>The packs to play; empty means all that the accounts (or the demo) reach.</summary>
    public IReadOnlyList<string> Packs { get; init; } = [];

    /// <summary>Everybody's password in a demo. Null: only people whom the demo offers without one can act.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// How many times faster than real time the day passes. At 60 a simulated minute takes a second, and a day 24 minutes.
    /// </summary>
    public double Speed { get; init; } = 60;

    /// <summary>
    /// The same seed makes the same choices in the same pack. The order of the service's answers still differs from run to run.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>Real time to play for. Null: until stopped.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>
    /// The hour the day begins at. Null: the pack's own time of day at speed 1 and below, 07:30 otherwise, so that a demo opens on a busy
    /// morning.
    /// </summary>
    public TimeOnly? Start { get; init; }

    /// <summary>Reports per simulated day and pack. Liling published 113 a day; more make a wall screen at speed 60 livelier.</summary>
    public int CasesPerDay { get; init; } = 400;

    /// <summary>How many workers of a pack sign in, patrol and visit. 0: nobody does.</summary>
    public int Workers { get; init; } = 40;

    /// <summary>Requests under way at once.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>
    /// How many cases of a pack are under way at once; further reports wait. It bounds the memory when the service is slower than the day.
    /// </summary>
    public int LiveCases { get; init; } = 2_000;

    /// <summary>Gets a line about every pack now and then, and a line for each failure. Null: nothing is reported.</summary>
    public Action<string>? Log { get; init; }
}
