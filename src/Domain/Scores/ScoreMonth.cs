using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridActors.Domain.Scores;

/// <summary>A month of the calendar, written <c>2026-11</c>; in JSON it is that text.</summary>
[JsonConverter(typeof(JsonText))]
public readonly record struct ScoreMonth(int Year, int Month) : IComparable<ScoreMonth>
{
    public DateOnly First => new(Year, Month, 1);

    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    public static ScoreMonth Of(DateOnly day) => new(day.Year, day.Month);

    public static ScoreMonth? Parse(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 2000 and < 2200
            ? Of(day)
            : null;

    public int CompareTo(ScoreMonth other) => (Year, Month).CompareTo((other.Year, other.Month));

    public static bool operator <=(ScoreMonth one, ScoreMonth other) => one.CompareTo(other) <= 0;

    public static bool operator >=(ScoreMonth one, ScoreMonth other) => one.CompareTo(other) >= 0;

    public static bool operator <(ScoreMonth one, ScoreMonth other) => one.CompareTo(other) < 0;

    public static bool operator >(ScoreMonth one, ScoreMonth other) => one.CompareTo(other) > 0;

    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    internal sealed class JsonText : JsonConverter<ScoreMonth>
    {
        public override ScoreMonth Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return Parse(text) ?? throw new JsonException($"\"{text}\" is no month.");
        }

        public override void Write(Utf8JsonWriter writer, ScoreMonth value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
