using GridActors.Domain.Clocks;

namespace GridActors.Domain.Rotas;

/// <summary>A duty rota (值班表) of the pack: its shifts say who is on duty in which area.</summary>
/// <param name="Begins">When a shift begins, in minutes of the day, unless the shift says otherwise.</param>
/// <param name="Ends">When it ends; at or before its beginning, it is the next day.</param>
public sealed record Rota(string Id, string Name, string NameEn, int Begins, int Ends);

/// <summary>The days on which a shift is repeated.</summary>
[Flags]
public enum DutyDays
{
    None = 0,
    Sunday = 1 << DayOfWeek.Sunday,
    Monday = 1 << DayOfWeek.Monday,
    Tuesday = 1 << DayOfWeek.Tuesday,
    Wednesday = 1 << DayOfWeek.Wednesday,
    Thursday = 1 << DayOfWeek.Thursday,
    Friday = 1 << DayOfWeek.Friday,
    Saturday = 1 << DayOfWeek.Saturday,

    /// <summary>Days on which the offices work, make-up workdays among them.</summary>
    Workday = 1 << 7,

    /// <summary>Days on which they don't.</summary>
    DayOff = 1 << 8,
}

/// <summary>Somebody is on duty in an area, on every such day of a time.</summary>
/// <param name="Area">The area's code.</param>
/// <param name="Person">The person's id.</param>
/// <param name="To">The last day on which a shift begins; null while no end is known.</param>
/// <param name="Days"><see cref="DutyDays.None"/> stands for every day.</param>
/// <param name="Begins">In minutes of the day.</param>
/// <param name="Ends">At or before the beginning, it is the next day.</param>
public sealed record Shift(string Rota, string Area, string Person, DateOnly From, DateOnly? To, DutyDays Days, int Begins, int Ends)
{
    public bool BeginsOn(DateOnly day, WorkingTime time) =>
        From <= day
        && !(day > To)
        && (
            Days == DutyDays.None
            || (Days & (DutyDays)(1 << (int)day.DayOfWeek)) != 0
            || (Days & (time.IsWorked(day) ? DutyDays.Workday : DutyDays.DayOff)) != 0
        );

    /// <summary>The times of the shift that begins on a day.</summary>
    public (DateTimeOffset Begins, DateTimeOffset Ends) On(DateOnly day, WorkingTime time) =>
        (time.At(day, Begins), time.At(Begins < Ends ? day : day.AddDays(1), Ends));

    public bool Covers(DateTimeOffset at, DateOnly today, WorkingTime time) =>
        CoversSince(today, at, time) || CoversSince(today.AddDays(-1), at, time);

    bool CoversSince(DateOnly day, DateTimeOffset at, WorkingTime time) =>
        BeginsOn(day, time) && On(day, time) is var (begins, ends) && begins <= at && at < ends;
}
