namespace GridActors.Simulator.Replay;

sealed record ReplayOptions
{
    public required string File { get; init; }

    /// <summary>The table from types to categories; beside the file when null.</summary>
    public string? Categories { get; init; }
    public required Uri Url { get; init; }

    /// <summary>Null: as fast as the service takes it. Otherwise file time passes this many times as fast as real time.</summary>
    public double? Speed { get; init; }

    /// <summary>Who reports: a person of the operations centre, at the top of the pack. Null: found among a demo's people.</summary>
    public string? Account { get; init; }
    public string? Pack { get; init; }
    public string? Password { get; init; }
    public int Concurrency { get; init; } = 64;

    /// <summary>Null: nothing is remembered; a repeat asks for everything again and still makes no doubles.</summary>
    public string? State { get; init; }
    public int? Limit { get; init; }

    /// <summary>How many officials are signed in before those already there are preferred: checking a password is dear, thousands of them
    /// would be what is measured.</summary>
    public int Officials { get; init; } = 200;

    /// <summary>How long the top board may take to show the last cases.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(60);
}
