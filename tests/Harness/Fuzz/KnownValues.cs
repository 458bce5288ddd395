using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace GridActors.Harness.Fuzz;

/// <summary>
/// Values that the service knows: read at the start, and learned from answers. Without them nearly every call would end at a 404, and never
/// reach what lies behind.
/// </summary>
sealed partial class KnownValues
{
    const int KeptOfKind = 512;

    readonly ConcurrentDictionary<string, Ring> _kinds = new();

    public void Add(string kind, string value) => _kinds.GetOrAdd(kind, _ => new()).Add(value);

    /// <summary>Null when none is known.</summary>
    public string? Any(string kind, Random random) => _kinds.TryGetValue(kind, out var ring) ? ring.Any(random) : null;

    public void Learn(ReadOnlySpan<byte> body)
    {
        // The first items of a list are enough.
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 4096)]);
        foreach (Match id in Ids().Matches(text))
            Add(id.Groups[1].Length == 32 ? "case" : "photo", id.Groups[1].Value);
        if (Encoding.UTF8.GetString(body[Math.Max(0, body.Length - 300)..]) is var end && Next().Match(end) is { Success: true } next)
            Add("cursor", next.Groups[1].Value);
    }

    [GeneratedRegex("\"id\":\"([0-9a-f]{32}|[0-9a-f]{64})\"")]
    private static partial Regex Ids();

    [GeneratedRegex("\"next\":\"([^\"]+)\"")]
    private static partial Regex Next();

    sealed class Ring
    {
        readonly string?[] _values = new string?[KeptOfKind];
        int _added;

        public void Add(string value) => _values[(uint)(Interlocked.Increment(ref _added) - 1) % KeptOfKind] = value;

        public string? Any(Random random) => _values[random.Next(Math.Clamp(Volatile.Read(ref _added), 1, KeptOfKind))];
    }
}
