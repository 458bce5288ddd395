using System.Collections.Frozen;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GridActors.Contracts.Cases;

namespace GridActors.Domain.Cases;

/// <summary>
/// Events as the journal keeps them: the kind in a column of its own, the data without it. The kinds are those of the attributes on
/// <see cref="CaseEvent"/>; each has a golden file in tests/Decisions.
/// </summary>
public static class CaseEventJson
{
    static readonly FrozenDictionary<string, JsonTypeInfo> Types = typeof(CaseEvent)
        .GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => CaseEventContext.Chinese.GetTypeInfo(a.DerivedType)!);

    /// <summary>Kinds that aren't written any more, each with the kind whose type reads them: what they lack has a default.</summary>
    static readonly FrozenDictionary<string, string> FormerKinds = new Dictionary<string, string>
    {
        ["case.reported/1"] = "case.reported/2",
        ["case.resolved/1"] = "case.resolved/2",
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<Type, (string Kind, JsonTypeInfo Type, bool IsEmpty)> Kinds = Types.ToFrozenDictionary(
        t => t.Value.Type,
        t =>
            (
                t.Key,
                t.Value,
                t.Value.Properties.All(p =>
                    p.Get is null || p.AttributeProvider is MemberInfo { Name: nameof(CaseEvent.Started) or nameof(CaseEvent.Moved) }
                )
            )
    );

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds { get; } = [.. Types.Keys, .. FormerKinds.Keys];

    public static (string Kind, string Data) Write(CaseEvent e)
    {
        var (kind, type, isEmpty) = Kinds[e.GetType()];
        // A claim, the most frequent event, has no data but its kind.
        return (kind, isEmpty && e.Started.IsDefault && e.Moved.IsDefault ? "{}" : JsonSerializer.Serialize(e, type));
    }

    /// <param name="status">The status that the case had after the event.</param>
    /// <returns><see cref="CaseUnknown"/> for a kind that only a later version knows.</returns>
    public static CaseEvent Read(string kind, string data, CaseStatus status)
    {
        if (!Types.TryGetValue(FormerKinds.GetValueOrDefault(kind, kind), out var type))
            return new CaseUnknown(kind, status);
        return (CaseEvent?)JsonSerializer.Deserialize(data, type) ?? throw new JsonException($"An event of the kind {kind} is null.");
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CaseEvent))]
sealed partial class CaseEventContext : JsonSerializerContext
{
    /// <summary>Keeps Chinese readable in the journal, instead of \u escapes.</summary>
    public static CaseEventContext Chinese { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
