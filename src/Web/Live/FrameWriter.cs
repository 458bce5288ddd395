using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridActors.Web.Live;

/// <summary>Writes a board's frame. Every watcher of the board gets the same frame, so it is serialised once and copied for each.</summary>
/// <param name="options">How the frame itself is written.</param>
sealed class FrameWriter(JsonSerializerOptions options) : JsonConverter<AreaFrameJson>
{
    readonly ConditionalWeakTable<AreaFrameJson, byte[]> _written = [];

    public override AreaFrameJson? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions hub) =>
        JsonSerializer.Deserialize<AreaFrameJson>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, AreaFrameJson value, JsonSerializerOptions hub) =>
        writer.WriteRawValue(
            _written.GetValue(value, frame => JsonSerializer.SerializeToUtf8Bytes(frame, options)),
            skipInputValidation: true
        );
}
