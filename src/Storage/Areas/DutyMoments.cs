using System.Globalization;
using GridActors.Domain.Packs;

namespace GridActors.Storage.Areas;

/// <summary>The day and the week for which workers are counted, and how often which special group must be visited.</summary>
/// <param name="WeekBegins">On Monday.</param>
/// <param name="VisitEvery">By the group, as PostgreSQL writes an interval; empty where the place keeps no households.</param>
public sealed record DutyMoments(
    string Pack,
    DateOnly Day,
    DateTimeOffset WeekBegins,
    DateTimeOffset WeekEnds,
    IReadOnlyList<(string Group, string Every)> VisitEvery
)
{
    public static DutyMoments Of(LoadedPack pack, DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return new(
            pack.Pack.Id,
            day,
            pack.Start(monday),
            pack.Start(monday.AddDays(7)),
            [
                .. (pack.Pack.Households?.Groups ?? [])
                    .Where(g => g.VisitEvery is not null)
                    .Select(g =>
                        (g.Id, string.Create(CultureInfo.InvariantCulture, $"{g.VisitEvery!.Value.Count} {g.VisitEvery.Value.Unit}"))
                    ),
            ]
        );
    }
}
