using System.Collections.Concurrent;

namespace GridActors.Simulator.Client;

/// <summary>
/// Durations and repeats per kind of call. A duration runs from the first attempt to the final answer, waits included, because that is how
/// long a person waits.
/// </summary>
sealed class CallTimings
{
    readonly ConcurrentDictionary<string, CallTiming> _kinds = new(StringComparer.Ordinal);

    public CallTiming Of(string kind) => _kinds.GetOrAdd(kind, static _ => new CallTiming());

    public long Calls => _kinds.Values.Sum(k => k.Count);

    public IEnumerable<KeyValuePair<string, CallTiming>> Kinds => _kinds.OrderBy(k => k.Key, StringComparer.Ordinal);
}

/// <summary>
/// A histogram of microseconds with 32 buckets per doubling: percentiles are right to about three per cent, and adding takes no lock.
/// </summary>
sealed class CallTiming
{
    const int PerDoubling = 32;
    readonly long[] _buckets = new long[PerDoubling * 40];
    long _count;
    long _repeats;
    long _refusals;

    public long Count => Interlocked.Read(ref _count);
    public long Repeats => Interlocked.Read(ref _repeats);
    public long Refusals => Interlocked.Read(ref _refusals);

    public void Add(TimeSpan duration, bool refused)
    {
        var micros = Math.Max(1, duration.TotalMicroseconds);
        var bucket = Math.Min((int)(Math.Log2(micros) * PerDoubling), _buckets.Length - 1);
        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Increment(ref _count);
        if (refused)
            Interlocked.Increment(ref _refusals);
    }

    public void Repeated() => Interlocked.Increment(ref _repeats);

    public double Milliseconds(double quantile)
    {
        var rank = (long)Math.Ceiling(Count * quantile);
        long seen = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += Interlocked.Read(ref _buckets[i]);
            if (seen >= rank && seen > 0)
                return Math.Pow(2, (i + 0.5) / PerDoubling) / 1000;
        }
        return 0;
    }
}
