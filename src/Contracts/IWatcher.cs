using Orleans.Concurrency;

namespace GridActors.Contracts;

/// <summary>A web process that shows something of an actor on screens.</summary>
[Alias("gridactors.IWatcher")]
public interface IWatcher : IGrainObserver
{
    /// <summary>
    /// The actor is about to leave the memory of its silo, and its watchers with it: renew now, and the next activation knows them. An
    /// actor whose silo is killed says nothing; there the regular renewal must do.
    /// </summary>
    [OneWay, Alias("Renew")]
    Task Renew();
}
