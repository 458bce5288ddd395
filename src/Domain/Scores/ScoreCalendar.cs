using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;

namespace GridActors.Domain.Scores;

/// <summary>On which days of a month somebody was to be on duty, and was.</summary>
public static class ScoreCalendar
{
    const int Noon = 12 * 60;

    /// <summary>
    /// Of who has shifts in the month, the days on which one begins; of everybody else the working days of the place. Leave that covers
    /// noon takes a day out, unless the person came all the same. Today counts once they are on duty.
    /// </summary>
    /// <param name="today">The last day that can count.</param>
    /// <param name="duty">The first record of each day on which there is one.</param>
    public static ImmutableArray<ScoreDay> Days(
        LoadedPack pack,
        PersonId person,
        ScoreMonth month,
        DateOnly today,
        IReadOnlyCollection<(DateTimeOffset From, DateTimeOffset To)> leaves,
        IReadOnlyDictionary<DateOnly, RecordFact> duty,
        IReadOnlyDictionary<DateOnly, RecordFact> patrols
    )
    {
        List<DateOnly> all = [];
        for (var day = month.First; day <= month.Last; day = day.AddDays(1))
            all.Add(day);
        var shifts = all.Where(d => WorkerDayRules.Shifts(pack, person, d).Count > 0).ToHashSet();
        var days = ImmutableArray.CreateBuilder<ScoreDay>();
        foreach (var day in all)
        {
            var signIn = duty.GetValueOrDefault(day);
            if (day > today || (day == today && signIn is null))
                continue;
            var isWorked = shifts.Count > 0 ? shifts.Contains(day) : pack.WorkingTime.IsWorked(day);
            var noon = pack.WorkingTime.At(day, Noon);
            var isLeave = isWorked && signIn is null && leaves.Any(l => l.From <= noon && noon < l.To);
            if (isWorked || signIn is not null)
                days.Add(new(day, isWorked && !isLeave, isLeave, signIn, patrols.GetValueOrDefault(day)));
        }
        return days.ToImmutable();
    }
}
