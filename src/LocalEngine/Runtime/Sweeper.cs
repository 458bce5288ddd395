namespace GridActors.LocalEngine.Runtime;

/// <summary>Something with calls whose callers don't wait for ever.</summary>
internal interface IWatched
{
    /// <summary>Fails the calls whose time is over.</summary>
    /// <returns>Whether there are calls left to watch.</returns>
    bool FailExpired(long now);
}

/// <summary>
/// The one clock of the engine: it times calls out and finds idle actors. A target is looked at only while it has calls,
/// an idle actor only when its time may have come: no timer per call or actor, no work for those that do nothing.
/// </summary>
internal sealed class Sweeper : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, List<Activation>> _idleBuckets = [];
    private readonly List<IWatched> _watched = [];
    private readonly Timer _timer;
    private readonly long _age;
    private readonly long _quantum;
    private List<IWatched> _newlyWatched = [];
    private long _nextBucket;
    private int _sweeping;

    internal Sweeper(LocalEngineOptions options)
    {
        _age = (long)options.CollectionAge.TotalMilliseconds;
        _quantum = Math.Max(1, (long)options.CollectionQuantum.TotalMilliseconds);
        _nextBucket = Environment.TickCount64 / _quantum;

        // Often enough to be exact to a tenth of the shortest time asked for, and never more than once a second in a service.
        var shortest = Math.Min(options.ResponseTimeout.TotalMilliseconds / 10, options.CollectionQuantum.TotalMilliseconds);
        var period = TimeSpan.FromMilliseconds(Math.Clamp(shortest, 20, 1000));
        using (ExecutionContext.SuppressFlow())
            _timer = new Timer(static state => ((Sweeper)state!).Sweep(), this, period, period);
    }

    public void Dispose() => _timer.Dispose();

    internal void Watch(IWatched target)
    {
        lock (_lock)
            _newlyWatched.Add(target);
    }

    internal void CollectWhenIdle(Activation activation) => AddToBucket(activation, Environment.TickCount64 + _age);

    private void Sweep()
    {
        // A sweep that takes longer than the period is not run twice.
        if (Interlocked.Exchange(ref _sweeping, 1) != 0)
            return;
        try
        {
            var now = Environment.TickCount64;
            lock (_lock)
            {
                _watched.AddRange(_newlyWatched);
                _newlyWatched.Clear();
                if (_newlyWatched.Capacity > 4096)
                    _newlyWatched = [];
            }

            _watched.RemoveAll(target => !target.FailExpired(now));
            while (TakeBucket(now) is { } bucket)
                bucket.ForEach(activation => CollectOrWait(activation, now));
        }
        finally
        {
            Volatile.Write(ref _sweeping, 0);
        }
    }

    private void CollectOrWait(Activation activation, long now)
    {
        if (activation.CollectIfIdle(now, _age) is { } due)
            AddToBucket(activation, due);
    }

    private void AddToBucket(Activation activation, long due)
    {
        lock (_lock)
        {
            var number = Math.Max((due / _quantum) + 1, _nextBucket);
            if (!_idleBuckets.TryGetValue(number, out var bucket))
                _idleBuckets.Add(number, bucket = []);
            bucket.Add(activation);
        }
    }

    private List<Activation>? TakeBucket(long now)
    {
        lock (_lock)
        {
            for (; _nextBucket <= now / _quantum; _nextBucket++)
            {
                if (_idleBuckets.Remove(_nextBucket, out var bucket))
                {
                    _nextBucket++;
                    return bucket;
                }
            }

            return null;
        }
    }
}
