namespace GridActors.Grains.Live;

/// <summary>
/// The processes that watch one actor. Each is told on its own: one that is slow, or gone, holds up nobody, and is forgotten; if it lives it
/// renews, and sees by the cursor that it missed something.
/// </summary>
sealed class Watchers<TObserver>(TimeProvider clock) where TObserver : class, IGrainObserver
{
    const int MostUnderWay = 64;

    readonly Dictionary<TObserver, Watcher> _watchers = [];

    public bool IsEmpty => _watchers.Count == 0;

    public void Add(TObserver observer)
    {
        if (!_watchers.TryGetValue(observer, out var watcher)) _watchers[observer] = watcher = new();
        watcher.RenewedAt = clock.GetTimestamp();
    }

    public void Remove(TObserver observer) => _watchers.Remove(observer);

    public void Tell(Func<TObserver, Task> send)
    {
        List<TObserver>? gone = null;
        foreach (var (observer, watcher) in _watchers)
        {
            if (watcher.UnderWay >= MostUnderWay || clock.GetElapsedTime(watcher.RenewedAt) > Contracts.Live.WatchLapse) (gone ??= []).Add(observer);
            else _ = Send(observer, watcher, send);
        }
        gone?.ForEach(o => _watchers.Remove(o));
    }

    async Task Send(TObserver observer, Watcher watcher, Func<TObserver, Task> send)
    {
        watcher.UnderWay++;
        try
        {
            await send(observer);
        }
        catch (Exception)
        {
            // Gone, or too slow to answer in time. It renews if it lives.
            _watchers.Remove(observer);
        }
        finally
        {
            watcher.UnderWay--;
        }
    }

    sealed class Watcher
    {
        public long RenewedAt { get; set; }
        public int UnderWay { get; set; }
    }
}
