using System.Collections.Immutable;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs.Files;

namespace GridActors.Decisions.Tests.Clocks;

/// <summary>The working times that tests count by.</summary>
static class GivenTime
{
    /// <summary>08:30 to 12:00 and 14:30 to 17:30 by the published calendars of 2022 to 2026.</summary>
    public static WorkSchedule Schedule { get; } =
        PackReader.ReadWorkingTime(PackFolders.Of("liling"), out _)?.Schedule ?? throw new InvalidOperationException();

    public static WorkingTime Liling { get; } = new(Schedule, "Asia/Shanghai");

    public static ImmutableArray<OfficeInterval> RoundTheClock { get; } = [new(0, 24 * 60)];

    /// <summary>A place without days off but weekends, in every year.</summary>
    public static WorkSchedule Weekends(params IEnumerable<OfficeInterval> office) =>
        new()
        {
            Calendar = new("weekends", [.. Enumerable.Range(1990, 60).Select(y => new CalendarYear(y, []))]),
            Office = new([.. office]),
        };

    public static DateTimeOffset At(string text) =>
        WrittenTime.TryParse(text, out var at) ? at : throw new ArgumentException($"{text} is no time.");

    public static Term Of(string text) => Term.Parse(text) ?? throw new ArgumentException($"{text} is no term.");

    public static string Due(WorkingTime time, string from, string term) => WrittenTime.Write(time.Due(At(from), Of(term)).At);
}
