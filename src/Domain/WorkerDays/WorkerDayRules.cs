using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Packs;

namespace GridActors.Domain.WorkerDays;

/// <summary>Which day what a worker does belongs to, and when that day is closed.</summary>
public static class WorkerDayRules
{
    /// <summary>Whoever is relieved late still signs out of their shift.</summary>
    static readonly TimeSpan Handover = TimeSpan.FromHours(2);

    public static FieldRules RulesOf(LoadedPack pack) => pack.Pack.Field ?? FieldRules.Default;

    /// <summary>What is older is no evidence any more, and its day is long closed: it isn't taken.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(92);

    /// <summary>A shift that began before midnight keeps what happens in it, and its sign-out.</summary>
    public static DateOnly DayOf(LoadedPack pack, PersonId person, FieldRecordKind? kind, DateTimeOffset at)
    {
        var day = pack.Day(at);
        var until = kind == FieldRecordKind.SignOut ? Handover : TimeSpan.Zero;
        foreach (var (begins, ends) in Shifts(pack, person, day.AddDays(-1)))
            if (begins <= at && at < ends + until && pack.Day(ends) >= day)
                // Whoever begins another shift on the new day signs out of that one.
                return kind == FieldRecordKind.SignOut && at >= ends && Shifts(pack, person, day).Any(s => s.Begins <= at)
                    ? day
                    : day.AddDays(-1);
        return day;
    }

    /// <summary>After midnight, and after the last shift that began on the day, with everything that may still come late.</summary>
    public static DateTimeOffset ClosesAt(LoadedPack pack, PersonId person, DateOnly day)
    {
        var closes = pack.WorkingTime.At(day.AddDays(1), RulesOf(pack).Thresholds.DayCloses);
        foreach (var (_, ends) in Shifts(pack, person, day))
            if (ends + Handover > closes)
                closes = ends + Handover;
        return closes;
    }

    /// <summary>The shifts of a person that begin on a day, by their beginning.</summary>
    public static IReadOnlyList<(DateTimeOffset Begins, DateTimeOffset Ends)> Shifts(LoadedPack pack, PersonId person, DateOnly day) =>
        [
            .. pack
                .Duty.OfPerson(person.Id)
                .Where(s => s.BeginsOn(day, pack.WorkingTime))
                .Select(s => s.On(day, pack.WorkingTime))
                .Distinct()
                .OrderBy(s => s.Item1),
        ];

    /// <summary>The area in which a worker is counted: the lowest of their posts, the first of several.</summary>
    public static AreaNode? HomeOf(PersonEntry person) =>
        person.Posts.OrderByDescending(p => p.Area.Upwards().Count()).Select(p => p.Area).FirstOrDefault();
}
