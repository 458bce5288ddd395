using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridActors.Contracts.People;

/// <summary>
/// A person of one pack. <see cref="Key"/> is <c>pack/id</c>, e.g. <c>liling/ll-w-0001</c>. The id after the slash names the account.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.PersonId")]
[JsonConverter(typeof(PersonIdJson))]
public readonly record struct PersonId([property: Id(0)] string Key)
{
    public PersonId(string pack, string id)
        : this(string.Concat(pack, "/", id)) { }

    /// <summary>
    /// The service itself, which follows a changed pack with the cases. It is nobody's id, because the ids of people have no underscore.
    /// </summary>
    public static PersonId Service(string pack) => new(pack, "_service");

    /// <summary>The clocks of a case, which take steps by themselves. It is nobody's id either.</summary>
    public static PersonId Clock(string pack) => new(pack, "_clock");

    /// <summary>Another system that answers for a case that was handed over to it. It is nobody's id either.</summary>
    public static PersonId System(string pack, string system) => new(pack, "_system_" + system);

    public string Pack => Key[..Key.IndexOf('/', StringComparison.Ordinal)];
    public string Id => Key[(Key.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public override string ToString() => Key;
}

public sealed class PersonIdJson : JsonConverter<PersonId>
{
    public override PersonId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, PersonId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Key);
}
