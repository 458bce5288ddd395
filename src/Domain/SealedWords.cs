using System.Text.Json.Serialization;

namespace GridActors.Domain;

/// <summary>Words of an event: clear while they are used, sealed where they are stored.</summary>
public sealed record SealedWords(byte[]? Sealed)
{
    [JsonIgnore]
    public string Clear { get; init; } = "";

    public static SealedWords Of(string clear) => new((byte[]?)null) { Clear = clear };
}
