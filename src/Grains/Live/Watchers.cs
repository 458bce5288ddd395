using GridActors.Contracts;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Live;

/// <summary>
/// The web processes that watch one actor. They are notified independently: a slow one holds up nobody, and one that fails is forgotten. If
/// it is still alive, it renews, and the cursor or the epoch shows it that it missed something. Orleans' own <c>ObserverManager</c> awaits
/// one observer after the other, and puts no bound on the messages under way to each.
/// </summary>
sealed partial class Watchers<TObserver>(TimeProvider clock, ILogger logger)
    where TObserver : class, IWatcher
{
    const int MaxInFlight = 64;

    readonly Dictionary<TObserver, Watcher> _watchers = [];

    public bool IsEmpty => _watchers.Count == 0;

    public void Add(TObserver observer)
    {
        if (!_watchers.TryGetValue(observer, out var watcher))
            _watchers[observer] = watcher = new();
        watcher.RenewedAt = clock.GetTimestamp();
    }

    public void Remove(TObserver observer) => _watchers.Remove(observer);

    /// <summary>The actor is being deactivated.</summary>
    public void AskToRenew() => Notify(o => o.Renew());

    public void Notify(Func<TObserver, Task> send)
    {
        List<TObserver>? gone = null;
        foreach (var (observer, watcher) in _watchers)
        {
            var hasLapsed = clock.GetElapsedTime(watcher.RenewedAt) > Contracts.Live.WatchLapse;
            if (hasLapsed || watcher.InFlight >= MaxInFlight)
                (gone ??= []).Add(observer);
            else
                _ = Send(observer, watcher, send);
        }
        gone?.ForEach(o => _watchers.Remove(o));
    }

    async Task Send(TObserver observer, Watcher watcher, Func<TObserver, Task> send)
    {
        watcher.InFlight++;
        try
        {
            await send(observer);
        }
        catch (Exception e)
        {
            LogForgotten(e);
            _watchers.Remove(observer);
        }
        finally
        {
            watcher.InFlight--;
        }
    }

    sealed class Watcher
    {
        public long RenewedAt { get; set; }
        public int InFlight { get; set; }
    }
}
