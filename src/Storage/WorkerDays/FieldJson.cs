using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridActors.Storage.WorkerDays;

/// <summary>The JSON columns of <c>field_record</c> and <c>field_track</c>.</summary>
static class FieldJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(FieldDetails details) => JsonSerializer.Serialize(details, Options);

    public static FieldDetails ReadDetails(string data) =>
        JsonSerializer.Deserialize<FieldDetails>(data, Options) ?? throw new JsonException("The details of a record are null.");

    public static byte[] Write(FieldWords words) => JsonSerializer.SerializeToUtf8Bytes(words, Options);

    public static FieldWords ReadWords(ReadOnlySpan<byte> data) => JsonSerializer.Deserialize<FieldWords>(data, Options) ?? FieldWords.None;

    public static string Write(ImmutableArray<TrackPoint> points)
    {
        var text = new StringBuilder("[", points.Length * 48);
        foreach (var p in points)
            text.Append(text.Length > 1 ? "," : "")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"[{p.At.ToUnixTimeMilliseconds()},{Math.Round(p.Lon, 7)},{Math.Round(p.Lat, 7)},{Math.Round(p.Accuracy, 1)}]"
                );
        return text.Append(']').ToString();
    }

    public static ImmutableArray<TrackPoint> ReadPoints(string data)
    {
        using var document = JsonDocument.Parse(data);
        return
        [
            .. document
                .RootElement.EnumerateArray()
                .Select(p => new TrackPoint(
                    DateTimeOffset.FromUnixTimeMilliseconds(p[0].GetInt64()),
                    p[1].GetDouble(),
                    p[2].GetDouble(),
                    p[3].GetDouble()
                )),
        ];
    }
}
