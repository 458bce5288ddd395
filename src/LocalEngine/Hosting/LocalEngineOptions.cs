namespace GridActors.LocalEngine;

/// <summary>The same times that Orleans has in SiloMessagingOptions and GrainCollectionOptions.</summary>
public sealed class LocalEngineOptions
{
    /// <summary>
    /// How long a caller waits, 30 s by default. Longer hides a circle of calls for longer; shorter fails calls of an honest slow actor.
    /// A call that timed out may still have its effect.
    /// </summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an actor may be idle before it leaves memory, 2 h by default. Longer costs memory, shorter costs reading it again.
    /// </summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How exact <see cref="CollectionAge"/> is, 1 min by default, and no longer than it.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long reading its states and OnActivateAsync may take before an actor counts as failed, 30 s by default.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long OnDeactivateAsync may take before it is left behind, 30 s by default.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long all actors together may take to deactivate when the host stops, 30 s by default; the host's own limit counts too.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal bool AreValid() =>
        ResponseTimeout > TimeSpan.Zero && CollectionQuantum > TimeSpan.Zero && CollectionAge >= CollectionQuantum
        && ActivationTimeout > TimeSpan.Zero && DeactivationTimeout > TimeSpan.Zero && ShutdownTimeout > TimeSpan.Zero;
}
