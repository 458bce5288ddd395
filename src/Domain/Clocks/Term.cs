using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace GridActors.Domain.Clocks;

/// <summary>How the time of a term is counted.</summary>
public enum TermUnit
{
    /// <summary><c>m</c>: runs on without a stop.</summary>
    Minutes,

    /// <summary><c>h</c> (紧急工作时): runs on without a stop.</summary>
    Hours,

    /// <summary><c>wh</c> (工作时): office hours of working days alone.</summary>
    WorkingHours,

    /// <summary><c>wd</c> (工作日): due at the close of office hours; the day of the start isn't counted.</summary>
    WorkingDays,
}

/// <summary>
/// How long something may take, as packs and events write it: <c>30m</c>, <c>24h</c>, <c>4wh</c>, <c>7wd</c>. In JSON it is that text.
/// </summary>
[JsonConverter(typeof(JsonText))]
public readonly partial record struct Term(int Count, TermUnit Unit)
{
    public const int MaxCount = 9999;

    static readonly string[] Suffixes = ["m", "h", "wh", "wd"];

    [GeneratedRegex("^(?<count>[1-9][0-9]{0,3})(?<unit>m|h|wh|wd)\\z")]
    private static partial Regex Format();

    [GeneratedRegex("^[0-9]+(m|h|wh|wd)\\z")]
    private static partial Regex AnyCount();

    public static Term? Parse(string? text)
    {
        if (text is null || Format().Match(text) is not { Success: true } match)
            return null;
        var count = int.Parse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return new(count, (TermUnit)Array.IndexOf(Suffixes, match.Groups["unit"].Value));
    }

    /// <summary>What is wrong with a text that should be a term; null when it is one.</summary>
    public static string? Complaint(string text)
    {
        if (Parse(text) is not null)
            return null;
        return AnyCount().IsMatch(text)
            ? $"\"{text}\" is no term; its number is from 1 to {MaxCount}, without zeros before it"
            : $"\"{text}\" is no term; write minutes, hours, working hours or working days like 30m, 24h, 4wh or 7wd";
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}{Suffixes[(int)Unit]}");

    internal sealed class JsonText : JsonConverter<Term>
    {
        public override Term Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return Parse(text) ?? throw new JsonException($"\"{text}\" is no term.");
        }

        public override void Write(Utf8JsonWriter writer, Term value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
