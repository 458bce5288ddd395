using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridActors.Domain.Clocks;

/// <summary>
/// How long a clock of a case runs, and how long before it is due it warns: <c>7wd</c>, or <c>7wd warn 1wd</c>. In JSON it is that text.
/// </summary>
/// <param name="WarnBefore">Null: it doesn't warn.</param>
[JsonConverter(typeof(JsonText))]
public readonly record struct ClockTerm(Term Term, Term? WarnBefore)
{
    const string Warn = " warn ";

    public static ClockTerm? Parse(string? text)
    {
        if (text is null)
            return null;
        var at = text.IndexOf(Warn, StringComparison.Ordinal);
        if (at < 0)
            return Clocks.Term.Parse(text) is { } alone ? new(alone, null) : null;
        return Clocks.Term.Parse(text[..at]) is { } term && Clocks.Term.Parse(text[(at + Warn.Length)..]) is { } before
            ? new(term, before)
            : null;
    }

    /// <summary>What is wrong with a text that should be a clock's term; null when it is one.</summary>
    public static string? Complaint(string text)
    {
        var at = text.IndexOf(Warn, StringComparison.Ordinal);
        return at < 0
            ? Clocks.Term.Complaint(text)
            : Clocks.Term.Complaint(text[..at]) ?? Clocks.Term.Complaint(text[(at + Warn.Length)..]);
    }

    public override string ToString() => WarnBefore is { } before ? $"{Term}{Warn}{before}" : Term.ToString();

    internal sealed class JsonText : JsonConverter<ClockTerm>
    {
        public override ClockTerm Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return Parse(text) ?? throw new JsonException($"\"{text}\" is no term of a clock.");
        }

        public override void Write(Utf8JsonWriter writer, ClockTerm value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
