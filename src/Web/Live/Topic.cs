using System.Collections.Immutable;
using GridActors.Contracts;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

/// <summary>Something that browsers of this process watch. One observer serves all of them.</summary>
abstract class Topic
{
    /// <summary>The id of the area, case or person it is about.</summary>
    public abstract object Key { get; }

    /// <summary>The browsers that watch. Only <see cref="Topics"/> changes it; everybody may read it at any time.</summary>
    public ImmutableHashSet<LiveConnection> Connections { get; set; } = [];

    /// <summary>Begins to watch the actor, or goes on watching it.</summary>
    public abstract Task Renew();

    /// <summary>Stops watching the actor, because nobody watches the topic.</summary>
    public abstract Task End();
}

/// <param name="grains">Makes the reference by which actors know this topic.</param>
abstract partial class Topic<TObserver>(IGrainFactory grains, ILogger logger) : Topic, IWatcher
    where TObserver : class, IWatcher
{
    TObserver? _reference;

    protected IGrainFactory Grains => grains;
    protected ILogger Logger => logger;
    protected Lock Lock { get; } = new();

    public sealed override Task Renew() => ActorCalls.Call(_ => Watch(Reference()), CancellationToken.None);

    /// <summary>The actor is about to leave memory, and asks for a renewal.</summary>
    async Task IWatcher.Renew()
    {
        try
        {
            await Renew();
        }
        catch (Exception e)
        {
            LogNotRenewed(e);
        }
    }

    public sealed override async Task End()
    {
        var reference = Reference();
        try
        {
            await Unwatch(reference);
        }
        finally
        {
            // Also when the actor can't be reached: Orleans keeps the reference, and with it the topic, until it is deleted.
            grains.DeleteObjectReference<TObserver>(reference);
        }
    }

    /// <summary>May be called again before an earlier call has ended.</summary>
    protected abstract Task Watch(TObserver reference);
    protected abstract Task Unwatch(TObserver reference);

    TObserver Reference()
    {
        lock (Lock)
            return _reference ??= grains.CreateObjectReference<TObserver>((TObserver)(object)this);
    }
}
