using System.Text;

namespace GridActors.Simulator.Replay;

/// <summary>
/// A hash of an id that is the same on every machine and in every version. <see cref="string.GetHashCode()"/> is different in each process.
/// </summary>
static class Scatter
{
    public static ulong Hash(string id, string use)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(use + ":" + id))
            hash = (hash ^ b) * 1099511628211UL;
        // FNV gives similar ids similar hashes; this mixes all bits.
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }

    public static int Pick(string id, string use, int count) => (int)Math.BigMul(Hash(id, use), (ulong)count, out _);
}
