using GridActors.LocalEngine.Runtime;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base class of all actors.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain()
    {
        // The engine constructs a grain inside a turn of its activation; made elsewhere (a unit test), it has no activation.
        Activation = Activation.Current;
    }

    public IGrainContext GrainContext => OwnActivation;

    public string IdentityString => OwnActivation.GrainId.ToString();

    protected IGrainFactory GrainFactory => OwnActivation.Engine;

    protected internal IServiceProvider ServiceProvider => OwnActivation.ActivationServices;

    internal Activation? Activation { get; }

    internal Activation OwnActivation => Activation
        ?? throw new InvalidOperationException("This grain was not created by the engine, so it has no activation.");

    /// <summary>Runs before the first call. When it fails, the waiting calls fail with it and the next call tries again.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs before an orderly end. A crash skips it, so it is never the only place that writes.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation after the current turn. Calls that wait go to a new activation.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>
    /// Keeps the idle collection away for this long; <see cref="TimeSpan.Zero"/> takes it back,
    /// <see cref="Timeout.InfiniteTimeSpan"/> means for good.
    /// </summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => OwnActivation.DelayDeactivation(timeSpan);
}
