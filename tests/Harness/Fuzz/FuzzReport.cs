using System.Collections.Concurrent;

namespace GridActors.Harness.Fuzz;

/// <summary>Something that no input may cause, with what reproduces it.</summary>
public sealed record FuzzFault(string Where, string What, string Input);

/// <summary>What a run counted and found.</summary>
public sealed class FuzzReport
{
    const int Shown = 3;

    readonly ConcurrentDictionary<string, int> _counts = new();
    readonly ConcurrentDictionary<(string Where, string What), (int Count, ConcurrentBag<FuzzFault> Samples)> _faults = new();
    int _calls;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>How often each outcome was seen, e.g. a status. A call can have several.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    public int Faults => _faults.Values.Sum(f => f.Count);

    public void Call(string outcome)
    {
        Interlocked.Increment(ref _calls);
        Count(outcome);
    }

    public void Count(string outcome) => _counts.AddOrUpdate(outcome, 1, static (_, n) => n + 1);

    public void Add(FuzzFault fault)
    {
        var (count, samples) = _faults.AddOrUpdate(
            (fault.Where, fault.What),
            static _ => (1, []),
            static (_, known) => (known.Count + 1, known.Samples)
        );
        if (count <= Shown)
            samples.Add(fault);
    }

    /// <summary>For people: the outcomes, then every kind of fault with what reproduces it.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "  " + string.Join(", ", _counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}: {c.Value:N0}"));
        foreach (var ((where, what), (count, samples)) in _faults.OrderByDescending(f => f.Value.Count))
        {
            yield return $"  FAULT {where}: {what} ({count:N0} times)";
            foreach (var sample in samples)
                yield return "    " + sample.Input.TrimEnd().Replace("\n", "\n    ", StringComparison.Ordinal);
        }
    }
}
