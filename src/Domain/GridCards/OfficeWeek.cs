using System.Collections.Immutable;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.GridCards;

/// <summary>The office hours of a week, as they hang at a door.</summary>
/// <param name="IsOpen">Now.</param>
/// <param name="Changes">When it next closes, or opens; null when it does neither within two weeks.</param>
/// <param name="Days">Today and the six days after it. A day off has no hours.</param>
public sealed record OfficeWeek(bool IsOpen, DateTimeOffset? Changes, ImmutableArray<OfficeDay> Days)
{
    const int Shown = 7;

    /// <summary>Long enough for the longest holidays.</summary>
    const int Searched = 14;

    public static OfficeWeek Of(WorkingTime time, DateTimeOffset now)
    {
        var today = time.DayOf(now);
        var hours = time.OfficeHours(today, today.AddDays(Searched - 1)).ToList();
        var open = hours.FirstOrDefault(h => h.Opens <= now && now < h.Closes);
        var isOpen = open != default;
        var next = hours.Select(h => h.Opens).FirstOrDefault(o => o > now);
        return new(
            isOpen,
            isOpen ? open.Closes
                : next == default ? null
                : next,
            [
                .. Enumerable
                    .Range(0, Shown)
                    .Select(today.AddDays)
                    .Select(day => new OfficeDay(day, [.. hours.Where(h => time.DayOf(h.Opens) == day)])),
            ]
        );
    }
}

public sealed record OfficeDay(DateOnly Day, ImmutableArray<(DateTimeOffset Opens, DateTimeOffset Closes)> Hours);
