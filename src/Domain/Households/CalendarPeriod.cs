using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace GridActors.Domain.Households;

public enum CalendarUnit
{
    Days,
    Months,
    Years,
}

/// <summary>
/// A number of calendar days, months or years, as packs write it: <c>30d</c>, <c>6mo</c>, <c>3y</c>. In JSON it is that text.
/// </summary>
[JsonConverter(typeof(JsonText))]
public readonly partial record struct CalendarPeriod(int Count, CalendarUnit Unit)
{
    static readonly string[] Suffixes = ["d", "mo", "y"];

    [GeneratedRegex("^(?<count>[1-9][0-9]{0,3})(?<unit>d|mo|y)\\z")]
    private static partial Regex Format();

    public static CalendarPeriod? Parse(string? text)
    {
        if (text is null || Format().Match(text) is not { Success: true } match)
            return null;
        var count = int.Parse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return new(count, (CalendarUnit)Array.IndexOf(Suffixes, match.Groups["unit"].Value));
    }

    /// <summary>What is wrong with a text that should be a period; null when it is one.</summary>
    public static string? Complaint(string text) =>
        Parse(text) is null ? $"\"{text}\" is no period; write days, months or years like 30d, 6mo or 3y" : null;

    public DateOnly After(DateOnly day) => Move(day, Count);

    public DateOnly Before(DateOnly day) => Move(day, -Count);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}{Suffixes[(int)Unit]}");

    DateOnly Move(DateOnly day, int count) =>
        Unit switch
        {
            CalendarUnit.Days => day.AddDays(count),
            CalendarUnit.Months => day.AddMonths(count),
            _ => day.AddYears(count),
        };

    internal sealed class JsonText : JsonConverter<CalendarPeriod>
    {
        public override CalendarPeriod Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return Parse(text) ?? throw new JsonException($"\"{text}\" is no period.");
        }

        public override void Write(Utf8JsonWriter writer, CalendarPeriod value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
