using System.Text.RegularExpressions;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Rotas;

public enum TimesOfDayKind
{
    /// <summary>From the first opening to the last closing of a working day, the break at noon included.</summary>
    Office,
    OutsideOffice,

    /// <summary>The same hours of every day.</summary>
    Hours,
}

/// <summary>When a rule of recipients applies: in office hours, outside them, or from one time of the day to another.</summary>
/// <param name="Begins">In minutes of the day, for <see cref="TimesOfDayKind.Hours"/>.</param>
/// <param name="Ends">At or before the beginning, it is the next day.</param>
public sealed partial record TimesOfDay(TimesOfDayKind Kind, int Begins = 0, int Ends = 0)
{
    const string Office = "office";
    const string OutsideOffice = "outside-office";

    [GeneratedRegex(@"^(?<begins>[0-9]{2}:[0-9]{2})-(?<ends>[0-9]{2}:[0-9]{2})\z")]
    private static partial Regex HoursPattern();

    /// <summary>Null when the text says no such times.</summary>
    public static TimesOfDay? Parse(string? text)
    {
        if (text is null)
            return null;
        if (text == Office)
            return new(TimesOfDayKind.Office);
        if (text == OutsideOffice)
            return new(TimesOfDayKind.OutsideOffice);
        var hours = HoursPattern().Match(text);
        return
            hours.Success
            && OfficeInterval.Minute(hours.Groups["begins"].Value) is { } begins and < OfficeInterval.MinutesOfDay
            && OfficeInterval.Minute(hours.Groups["ends"].Value) is { } ends
            && begins != ends
            ? new(TimesOfDayKind.Hours, begins, ends)
            : null;
    }

    public static string? Complaint(string text) =>
        Parse(text) is null ? $"\"{text}\" must be {Office}, {OutsideOffice}, or times of the day like 22:00-06:00" : null;

    public bool Contain(DateTimeOffset at, WorkingTime time)
    {
        var today = time.DayOf(at);
        if (Kind != TimesOfDayKind.Hours)
            return (time.OpenOn(today) is var (opens, closes) && opens <= at && at < closes) == (Kind == TimesOfDayKind.Office);
        return IsSince(today) || IsSince(today.AddDays(-1));

        bool IsSince(DateOnly day) => On(day, time) is var (begins, ends) && begins <= at && at < ends;
    }

    /// <summary>When the times of a day begin and end; null on a day that has none.</summary>
    public (DateTimeOffset Begins, DateTimeOffset Ends)? On(DateOnly day, WorkingTime time) =>
        Kind == TimesOfDayKind.Hours ? (time.At(day, Begins), time.At(Begins < Ends ? day : day.AddDays(1), Ends)) : time.OpenOn(day);

    /// <summary>As the pack writes it.</summary>
    public override string ToString() =>
        Kind switch
        {
            TimesOfDayKind.Office => Office,
            TimesOfDayKind.OutsideOffice => OutsideOffice,
            _ => $"{OfficeInterval.Write(Begins)}-{OfficeInterval.Write(Ends)}",
        };
}
