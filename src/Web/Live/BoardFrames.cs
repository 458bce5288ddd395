using GridActors.Contracts.Areas;
using GridActors.Web.Areas;

namespace GridActors.Web.Live;

/// <summary>
/// How a frame and the next one become one. A board is kept as a full frame, so the same rules bring a board up to date, and make one frame
/// of those that wait for a slow browser. The pages merge by the same rules; both are tested with tests/vectors/board-frames.json.
/// </summary>
static class BoardFrames
{
    /// <returns>
    /// The held frame itself when it contains the next one already; null when the next one doesn't follow it, so that only a new snapshot
    /// helps.
    /// </returns>
    public static AreaFrameJson? Merge(AreaFrameJson held, AreaFrameJson next)
    {
        if (next.Epoch == held.Epoch && next.Sequence <= held.Sequence)
            return held;
        if (next.Full)
            return next;
        if (next.Epoch != held.Epoch || next.Previous != held.Sequence)
            return null;
        return next with
        {
            Previous = held.Previous,
            Full = held.Full,
            Children = MergeChildren(held.Children, next.Children),
            Ticker = MergeTicker(held.Ticker, next.Ticker, next.AsOf),
        };
    }

    /// <summary>A changed child replaces the old one in its place; a child that wasn't known comes last.</summary>
    static IReadOnlyList<ChildJson> MergeChildren(IReadOnlyList<ChildJson> held, IReadOnlyList<ChildJson> changed)
    {
        if (changed.Count == 0)
            return held;
        var rest = changed.ToDictionary(c => c.Code);
        var children = held.Select(c => rest.Remove(c.Code, out var change) ? change : c).ToList();
        children.AddRange(changed.Where(c => rest.ContainsKey(c.Code)));
        return children;
    }

    /// <summary>
    /// Newest first: steps of different areas arrive out of order. Of two at the same time, the one that arrived later comes first. No case
    /// takes the same step twice at the same time, so these three say which item it is.
    /// </summary>
    static IReadOnlyList<TickerJson> MergeTicker(IReadOnlyList<TickerJson> held, IReadOnlyList<TickerJson> fresh, DateTimeOffset now)
    {
        if (fresh.Count == 0)
            return held;
        var merged = held.ExceptBy(fresh.Select(Key), Key).ToList();
        foreach (var item in fresh.DistinctBy(Key).Reverse())
        {
            var place = merged.FindIndex(t => !Board.ComesBefore(t.At, item.At, now));
            merged.Insert(place < 0 ? merged.Count : place, item);
        }
        return [.. merged.Take(Board.TickerLength)];

        static (string, string, DateTimeOffset) Key(TickerJson item) => (item.CaseId, item.Step, item.At);
    }
}
