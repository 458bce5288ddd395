using GridActors.Contracts.Cases;
using GridActors.Domain.WorkerDays;

namespace GridActors.Decisions.Tests.WorkerDays;

public sealed class MeasuredPositionsTests
{
    static readonly DateTimeOffset Start = new(2026, 11, 26, 1, 0, 0, TimeSpan.Zero);
    static readonly Guid[] Ids = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];

    /// <summary>At the minutes 0, 10, 20 (two of them) and 30, given out of order.</summary>
    static readonly MeasuredPositions Positions = new([At(3, 20), At(0, 0), At(4, 30), At(1, 10), At(2, 20)]);

    [Theory]
    [InlineData(-1, new int[0], new[] { 0, 1, 2, 3, 4 })]
    [InlineData(0, new[] { 0 }, new[] { 1, 2, 3, 4 })]
    [InlineData(20, new[] { 0, 1, 2, 3 }, new[] { 4 })]
    [InlineData(31, new[] { 0, 1, 2, 3, 4 }, new int[0])]
    public void Positions_before_and_after_a_time_are_split_there(int minute, int[] before, int[] after)
    {
        var at = Start.AddMinutes(minute);

        Assert.Equal(before.Select(i => Ids[i]).Order(), Positions.Before(at, Guid.Empty).Select(p => p.Record).Order());
        Assert.Equal(after.Select(i => Ids[i]).Order(), Positions.After(at, Guid.Empty).Select(p => p.Record).Order());
    }

    [Fact]
    public void Nearest_position_comes_first()
    {
        Assert.Equal([10, 0], Positions.Before(Start.AddMinutes(15), Guid.Empty).Select(Minute));
        Assert.Equal([20, 20, 30], Positions.After(Start.AddMinutes(15), Guid.Empty).Select(Minute));
    }

    [Fact]
    public void Record_is_not_compared_with_itself()
    {
        Assert.Equal([0], Positions.Before(Start.AddMinutes(10), Ids[1]).Select(Minute));
        Assert.Empty(Positions.After(Start.AddMinutes(25), Ids[4]));
    }

    static double Minute(MeasuredPosition position) => (position.At - Start).TotalMinutes;

    static MeasuredPosition At(int id, int minute) => new(Ids[id], Start.AddMinutes(minute), new Position(113.5, 28.1), 10);
}
