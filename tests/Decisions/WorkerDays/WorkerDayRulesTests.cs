using System.Globalization;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Domain.Rotas;
using GridActors.Domain.WorkerDays;
using static GridActors.Contracts.WorkerDays.FieldRecordKind;

namespace GridActors.Decisions.Tests.WorkerDays;

/// <summary>Which day something belongs to, and when a day is closed. The guard has the nights from Monday on, 17:30 to 08:00.</summary>
public sealed class WorkerDayRulesTests
{
    static readonly PersonId Guard = new("qinghe", "station-a1");
    static readonly PersonId Worker = new("qinghe", "worker-1");
    static readonly LoadedPack Qinghe = LoadedPack.Build(
        PackReader.Read(Path.Combine(PackFolders.Packs, "..", "tests", "packs", "qinghe")).Pack! with
        {
            Rotas = [new("night", "夜间值班", "Night", 17 * 60 + 30, 8 * 60)],
            Shifts = [new("night", "C-A", "station-a1", new(2026, 1, 1), null, DutyDays.Monday, 17 * 60 + 30, 8 * 60)],
        }
    );

    static DateTimeOffset At(string time) => DateTimeOffset.Parse(time + "+08:00", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-11-23T17:30", CheckIn, "2026-11-23")] // A Monday.
    [InlineData("2026-11-23T23:59", CheckIn, "2026-11-23")]
    [InlineData("2026-11-24T00:00", CheckIn, "2026-11-23")]
    [InlineData("2026-11-24T07:59", CheckIn, "2026-11-23")]
    [InlineData("2026-11-24T08:00", CheckIn, "2026-11-24")]
    [InlineData("2026-11-24T09:30", SignOut, "2026-11-23")]
    [InlineData("2026-11-24T10:00", SignOut, "2026-11-24")]
    [InlineData("2026-11-25T02:00", CheckIn, "2026-11-25")]
    public void Night_shift_belongs_to_the_day_on_which_it_began(string time, FieldRecordKind kind, string day)
    {
        Assert.Equal(DateOnly.Parse(day, CultureInfo.InvariantCulture), WorkerDayRules.DayOf(Qinghe, Guard, kind, At(time)));
    }

    [Fact]
    public void Without_a_shift_midnight_begins_a_day()
    {
        Assert.Equal(new(2026, 11, 24), WorkerDayRules.DayOf(Qinghe, Worker, CheckIn, At("2026-11-24T00:00")));
        Assert.Equal(new(2026, 11, 23), WorkerDayRules.DayOf(Qinghe, Worker, SignOut, At("2026-11-23T23:59")));
    }

    [Fact]
    public void Day_is_closed_by_the_packs_time_and_after_the_last_shift()
    {
        Assert.Equal(At("2026-11-24T03:00"), WorkerDayRules.ClosesAt(Qinghe, Worker, new(2026, 11, 23)));
        Assert.Equal(At("2026-11-24T10:00"), WorkerDayRules.ClosesAt(Qinghe, Guard, new(2026, 11, 23)));
        Assert.Equal(At("2026-11-25T03:00"), WorkerDayRules.ClosesAt(Qinghe, Guard, new(2026, 11, 24)));
    }

    [Fact]
    public void Worker_is_counted_in_their_lowest_area()
    {
        Assert.Equal("C-A1-1", WorkerDayRules.HomeOf(Qinghe.Person(Worker)!)!.Code);
    }
}
