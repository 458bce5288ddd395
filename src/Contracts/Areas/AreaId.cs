using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridActors.Contracts.Areas;

/// <summary>
/// An area of one pack. <see cref="Key"/> is <c>pack/code</c>, e.g. <c>liling/430281002001003</c>, and the key of its actor.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.AreaId")]
[JsonConverter(typeof(AreaIdJson))]
public readonly record struct AreaId([property: Id(0)] string Key)
{
    public AreaId(string pack, string code)
        : this(string.Concat(pack, "/", code)) { }

    public string Pack => Key[..Key.IndexOf('/', StringComparison.Ordinal)];
    public string Code => Key[(Key.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public override string ToString() => Key;
}

public sealed class AreaIdJson : JsonConverter<AreaId>
{
    public override AreaId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, AreaId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Key);
}
