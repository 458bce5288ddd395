using System.Buffers.Text;
using GridActors.Harness;

namespace GridActors.Push;

/// <summary>
/// The changes of a run in the order in which they were sent. A board's figures say how many steps its cases have taken. A screen whose
/// figures have grown by <c>n</c> steps since the run began shows the <c>n</c>th change, even if the ticker had no room for it.
/// </summary>
/// <param name="before">How many steps the county's cases had taken before the run.</param>
sealed class SentChanges(int max, long before)
{
    readonly long[] _at = new long[max];

    public Histogram Ages { get; } = new();

    public void Sent(int number) => Volatile.Write(ref _at[number], DateTime.UtcNow.Ticks);

    /// <summary>Notes that the screen now shows this many steps.</summary>
    /// <returns>How many changes the screen shows.</returns>
    public int Shown(int seen, long steps, DateTime now)
    {
        for (; seen < Math.Min(steps - before, max) && Volatile.Read(ref _at[seen]) is not 0 and var at; seen++)
            Ages.Add(now - new DateTime(at, DateTimeKind.Utc));
        return seen;
    }

    /// <summary>
    /// How many steps the cases of a board have taken: one for an offered case, two for a claimed, three for a resolved, four for a closed
    /// one.
    /// </summary>
    public static long Steps(ReadOnlySpan<byte> board)
    {
        var counts = board[board.IndexOf("\"counts\":{"u8)..];
        return 3 * Figure(counts, "\"reported\":"u8)
            - 2 * Figure(counts, "\"unclaimed\":"u8)
            - Figure(counts, "\"claimed\":"u8)
            + Figure(counts, "\"closed\":"u8);
    }

    static long Figure(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> name) =>
        Utf8Parser.TryParse(counts[(counts.IndexOf(name) + name.Length)..], out long figure, out _)
            ? figure
            : throw new BenchException("A board without figures.");
}

/// <summary>One screen on the county's board.</summary>
sealed class Screen(BoardWatch board)
{
    int _seen;

    /// <summary>Set when the measurement begins.</summary>
    public SentChanges? Changes { get; set; }

    public void Read(ReadOnlySpan<byte> message)
    {
        if (board.IsFrame(message, out var now) && Changes is { } changes)
            _seen = changes.Shown(_seen, SentChanges.Steps(message), now);
    }
}
