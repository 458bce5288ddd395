using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Reassignments;

namespace GridActors.Domain.Reassignments;

/// <summary>
/// Something that happened to a reassignment. Its time, person and operation are in the journal's row. A kind names one shape: a changed
/// shape gets a new kind, and the old kind stays readable.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(ReassignmentApplied), "reassignment.applied/1")]
[JsonDerivedType(typeof(ReassignmentProgressed), "reassignment.progressed/1")]
[JsonDerivedType(typeof(ReassignmentUndone), "reassignment.undone/1")]
public abstract record ReassignmentEvent;

/// <summary>Who goes where: the one record of the whole step.</summary>
public sealed record ReassignmentApplied(AreaId Area, ImmutableArray<ReassignmentPart> Parts) : ReassignmentEvent;

/// <summary>So many are done, in the order of the list.</summary>
/// <param name="LeftOut">Who of them stayed.</param>
public sealed record ReassignmentProgressed(int Done, ImmutableArray<Guid> LeftOut) : ReassignmentEvent;

/// <summary>All go back.</summary>
public sealed record ReassignmentUndone : ReassignmentEvent;

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record ReassignmentUnknown(string Kind) : ReassignmentEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class ReassignmentEventJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    static readonly FrozenDictionary<string, Type> Types = typeof(ReassignmentEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    public static (string Kind, string Data) Write(ReassignmentEvent e) =>
        (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Options));

    public static ReassignmentEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new ReassignmentUnknown(kind);
        return (ReassignmentEvent?)JsonSerializer.Deserialize(data, type, Options)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }
}
