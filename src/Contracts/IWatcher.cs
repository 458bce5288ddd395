using Orleans.Concurrency;

namespace GridActors.Contracts;

/// <summary>A web process in which somebody watches an actor.</summary>
[Alias("gridactors.IWatcher")]
public interface IWatcher : IGrainObserver
{
    /// <summary>
    /// The actor is being deactivated and forgets its watchers. Renew now, so that its next activation knows them. An actor whose silo is
    /// killed can't ask; its watchers come back with their regular renewal.
    /// </summary>
    [OneWay, Alias("Renew")]
    Task Renew();
}
