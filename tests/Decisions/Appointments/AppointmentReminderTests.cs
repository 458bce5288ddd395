using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Appointments;
using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Appointments;

/// <summary>When a worker is reminded of an appointment.</summary>
public sealed class AppointmentReminderTests
{
    [Theory]
    [InlineData("11-25 10:00", "11-27 09:30", "11-26 18:00")]
    [InlineData("11-26 20:00", "11-27 09:30", "11-27 07:30")]
    [InlineData("11-27 08:00", "11-27 09:30", null)]
    [InlineData("11-26 20:00", "11-27 07:00", null)]
    public void Reminder_comes_the_evening_before_or_that_morning(string now, string from, string? reminded)
    {
        using var small = new SmallPack();
        var pack = LoadedPack.Build(small.Read().Pack!);

        Assert.Equal(reminded is null ? null : At(reminded), AppointmentRules.NextReminder(pack, At(from), At(now)));
    }

    static DateTimeOffset At(string time) =>
        DateTimeOffset.Parse($"2026-{time}:00+08:00", System.Globalization.CultureInfo.InvariantCulture);
}
