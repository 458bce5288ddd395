using System.Collections.Immutable;
using System.Globalization;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.WorkerDays;

namespace GridActors.Decisions.Tests.WorkerDays;

public sealed class TrackThinningTests
{
    static readonly DateTimeOffset Begin = new(2026, 11, 26, 8, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    // Every half minute for ten minutes.
    [InlineData("0 0.5 1 1.5 2 2.5 3 3.5 4 4.5 5 5.5 6 6.5 7 7.5 8 8.5 9 9.5 10", "0 4 8 10")]
    // A gap from 3 to 20: both of its sides stay.
    [InlineData("0 1 2 3 20 21 22 30", "0 3 20 22 30")]
    // Points that are nearly a gap apart stay as they are.
    [InlineData("0 4.9 9.8 14.7", "0 4.9 9.8 14.7")]
    [InlineData("0", "0")]
    [InlineData("0 1", "0 1")]
    public void Track_is_thinned_and_keeps_its_gaps_and_gets_no_others(string minutes, string kept)
    {
        var points = minutes
            .Split(' ')
            .Select(m => new TrackPoint(Begin.AddMinutes(double.Parse(m, CultureInfo.InvariantCulture)), 113, 27, 8))
            .ToImmutableArray();

        var thinned = TrackRetention.Thin(points);

        Assert.Equal(
            kept,
            string.Join(' ', thinned.Select(p => (p.At - Begin).TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)))
        );
        Assert.Equal(Gaps(points), Gaps(thinned));
    }

    static int Gaps(ImmutableArray<TrackPoint> points) =>
        points.Zip(points.Skip(1), (a, b) => b.At - a.At).Count(apart => apart >= TrackRule.Gap);
}
