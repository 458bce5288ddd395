using System.Numerics;
using System.Text.Json.Nodes;

namespace GridActors.Harness;

/// <summary>
/// Durations in microseconds, in 64 buckets for each doubling, so that percentiles are right to about one per cent. Any number of threads
/// may add.
/// </summary>
sealed class Histogram
{
    const int Bits = 6;
    const int PerDoubling = 1 << Bits;

    readonly long[] _buckets = new long[PerDoubling * 40];
    long _count;
    long _longest;

    public long Count => Interlocked.Read(ref _count);
    public double MaxMs => Interlocked.Read(ref _longest) / 1000.0;

    public void Add(TimeSpan duration) => Add((long)duration.TotalMicroseconds);

    public void Add(long microseconds)
    {
        var value = Math.Max(0, microseconds);
        Interlocked.Increment(ref _buckets[Math.Min(Bucket(value), _buckets.Length - 1)]);
        Interlocked.Increment(ref _count);
        var longest = Interlocked.Read(ref _longest);
        while (value > longest && Interlocked.CompareExchange(ref _longest, value, longest) is var seen && seen != longest)
            longest = seen;
    }

    /// <returns>The upper end of the bucket the quantile falls into.</returns>
    public double Ms(double quantile)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(Count * quantile));
        long seen = 0;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += Interlocked.Read(ref _buckets[i]);
            if (seen >= rank)
                return Math.Min(Upper(i) / 1000.0, MaxMs);
        }
        return 0;
    }

    public JsonObject Json() =>
        new()
        {
            ["count"] = Count,
            ["p50"] = Round(Ms(0.5)),
            ["p99"] = Round(Ms(0.99)),
            ["max"] = Round(MaxMs),
        };

    public override string ToString() => $"p50 {Ms(0.5):F1}  p99 {Ms(0.99):F1}  max {MaxMs:F0} ms  ({Count:N0})";

    static double Round(double value) => Math.Round(value, 2);

    static int Bucket(long value)
    {
        if (value < PerDoubling)
            return (int)value;
        var shift = BitOperations.Log2((ulong)value) - Bits;
        return ((shift + 1) << Bits) + (int)(value >> shift) - PerDoubling;
    }

    static long Upper(int bucket)
    {
        if (bucket < PerDoubling)
            return bucket;
        var shift = (bucket >> Bits) - 1;
        return ((long)((bucket & (PerDoubling - 1)) + PerDoubling + 1) << shift) - 1;
    }
}
