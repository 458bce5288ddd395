namespace GridActors.Generator;

/// <summary>
/// Random choices that follow from a key: FNV-1a makes the seed and SplitMix64 the numbers, so that they are the same on every machine and
/// every version of the runtime.
/// </summary>
struct Draw
{
    ulong _state;

    public Draw(ReadOnlySpan<byte> key)
    {
        _state = 14695981039346656037;
        foreach (var b in key)
            _state = (_state ^ b) * 1099511628211;
    }

    public int Next(int below)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)below);
    }

    public char From(string letters) => letters[Next(letters.Length)];
}
