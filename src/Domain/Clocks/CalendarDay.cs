namespace GridActors.Domain.Clocks;

public enum DayKind
{
    Weekday,
    Weekend,

    /// <summary>Off by the official calendar.</summary>
    Holiday,

    /// <summary>A day of the weekend that is worked by the official calendar, for a holiday (调休上班).</summary>
    MakeUp,

    /// <summary>Off by the place's own decision.</summary>
    Closure,

    /// <summary>Worked by the place's own decision.</summary>
    Extra,
}

/// <summary>What a day is, and why.</summary>
/// <param name="Name">The occasion or the reason; empty for an ordinary day.</param>
public readonly record struct CalendarDay(DayKind Kind, string Name, string NameEn)
{
    public bool IsWorked => Kind is DayKind.Weekday or DayKind.MakeUp or DayKind.Extra;
}
