using System.Collections.Immutable;
using GridActors.Contracts.Scores;

namespace GridActors.Domain.Scores;

/// <summary>What the lines of a settled score add up to, with what appeals changed.</summary>
public static class ScoreTotals
{
    /// <summary>A computed score as it is settled.</summary>
    public static ImmutableArray<ScoredLine> Settle(Score score) =>
        [
            .. score.Lines.Select(l => new ScoredLine(
                l.Item.Id,
                l.Points,
                l.Of,
                l.Applies,
                l.Measured,
                l.OutOf,
                l.Item.Deducts ? l.Item.Points : 0
            )),
        ];

    /// <summary>A line's points with what appeals changed, within what it can have.</summary>
    public static decimal Points(ScoredLine line, IReadOnlyDictionary<string, decimal> adjusted) =>
        adjusted.TryGetValue(line.Item, out var by) ? Math.Clamp(line.Points + by, -line.MaxLoss, line.Of) : line.Points;

    /// <returns>The points, what could be earned, and the mark; null when nothing applies.</returns>
    public static (decimal Points, decimal Of, decimal? Mark) Of(SettledScore score, IReadOnlyDictionary<string, decimal> adjusted)
    {
        var of = score.Lines.Sum(l => l.Of);
        var points = Math.Max(0, score.Lines.Sum(l => Points(l, adjusted)));
        return (points, of, ScoreCalculator.Mark(points, of, score.FullMarks));
    }

    /// <summary>The lines that came out differently; one that isn't there has no points.</summary>
    public static ImmutableArray<ChangedLine> Changes(SettledScore before, SettledScore after)
    {
        var (old, now) = (before.Lines.ToDictionary(l => l.Item), after.Lines.ToDictionary(l => l.Item));
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .Where(item => old.GetValueOrDefault(item) != now.GetValueOrDefault(item))
                .Select(item => new ChangedLine(item, old.GetValueOrDefault(item)?.Points ?? 0, now.GetValueOrDefault(item)?.Points ?? 0)),
        ];
    }
}
