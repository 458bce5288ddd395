namespace GridActors.Simulator.Replay;

sealed record ReplayOptions
{
    public required string File { get; init; }

    /// <summary>The table from types to categories; beside the file when null.</summary>
    public string? Categories { get; init; }
    public required Uri Url { get; init; }

    /// <summary>How many times faster than real time the file is played. Null: as fast as the service takes it.</summary>
    public double? Speed { get; init; }

    /// <summary>
    /// Who reports: a person of the operations centre, at the top of the pack. Null: chosen from the people that a demo's sign-in page
    /// offers.
    /// </summary>
    public string? Account { get; init; }
    public string? Pack { get; init; }
    public string? Password { get; init; }
    public int Concurrency { get; init; } = 64;

    /// <summary>Null: nothing is kept, so a repeated run sends everything again. The idempotency keys still prevent duplicates.</summary>
    public string? State { get; init; }
    public int? Limit { get; init; }

    /// <summary>
    /// After this many officials are signed in, those are preferred to others. Checking a password is slow, and with thousands of sign-ins
    /// the replay would measure those.
    /// </summary>
    public int Officials { get; init; } = 200;

    /// <summary>How long the top board may take to show the last cases.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(60);
}
