using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Cases;

namespace GridActors.Domain.Consultations;

/// <summary>
/// Something that happened in a consultation. Its time, person and operation are in the journal's row. A kind names one shape: a changed
/// shape gets a new kind, and the old kind stays readable.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(OpinionGiven), "consultation.opinion-given/1")]
[JsonDerivedType(typeof(ConsultationDecided), "consultation.decided/1")]
public abstract record ConsultationEvent;

/// <summary>A party gave its opinion.</summary>
public sealed record OpinionGiven(string Party, string Text) : ConsultationEvent;

/// <summary>The decision, with the tasks that it gives.</summary>
public sealed record ConsultationDecided(string Text, ImmutableArray<AssignedTask> Tasks) : ConsultationEvent;

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record ConsultationUnknown(string Kind) : ConsultationEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class ConsultationEventJson
{
    static readonly JsonSerializerOptions Chinese = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(ConsultationEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    public static (string Kind, string Data) Write(ConsultationEvent e) =>
        (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Chinese));

    public static ConsultationEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new ConsultationUnknown(kind);
        return (ConsultationEvent?)JsonSerializer.Deserialize(data, type, Chinese)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }
}
