using System.Collections.Immutable;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Coverage;

/// <summary>From when on what must be looked at regularly is due.</summary>
/// <param name="Id">Of a special group, or of a type of key places.</param>
/// <param name="DueBefore">Whoever was visited before is due by the end of the week.</param>
/// <param name="OverdueBefore">Whoever was visited before was due before today.</param>
public sealed record VisitRhythm(string Id, DateTimeOffset DueBefore, DateTimeOffset OverdueBefore);

/// <summary>
/// The visits of a week, Monday to Sunday, by the rhythms of the pack (必访、必看). What never was visited is due and overdue.
/// </summary>
/// <param name="Starts">Whatever was visited since then is done, unless it is due again.</param>
/// <param name="Groups">Of households.</param>
/// <param name="Places">Of key places.</param>
public sealed record VisitWeek(
    DateOnly From,
    DateOnly To,
    DateTimeOffset Starts,
    ImmutableArray<VisitRhythm> Groups,
    ImmutableArray<VisitRhythm> Places
)
{
    /// <param name="isKnown">Whether a special group may be counted; null for all of them.</param>
    public static VisitWeek Of(LoadedPack pack, DateTimeOffset now, Func<string, bool>? isKnown = null)
    {
        var today = pack.Day(now);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var sunday = monday.AddDays(6);
        var rules = pack.Pack.Households;
        return new(
            monday,
            sunday,
            pack.Start(monday),
            Rhythms((rules?.Groups ?? []).Where(g => isKnown?.Invoke(g.Id) != false).Select(g => (g.Id, g.VisitEvery))),
            Rhythms((rules?.KeyPlaces ?? []).Select(p => (p.Id, p.VisitEvery)))
        );

        // Visited on a day, it is due on the day that is a period later.
        ImmutableArray<VisitRhythm> Rhythms(IEnumerable<(string Id, CalendarPeriod? Every)> all) =>
            [
                .. all.Where(r => r.Every is not null)
                    .Select(r => new VisitRhythm(
                        r.Id,
                        pack.Start(r.Every!.Value.Before(sunday).AddDays(1)),
                        pack.Start(r.Every!.Value.Before(today))
                    )),
            ];
    }
}
