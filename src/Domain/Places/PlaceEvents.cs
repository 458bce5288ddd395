using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Places;
using GridActors.Domain.Households;

namespace GridActors.Domain.Places;

/// <summary>
/// Something that happened to a place. Its time, person and operation are in the journal's row. A kind names one shape: a changed shape
/// gets a new kind, and the old kind stays readable. What is known of the place stands in <see cref="Facts"/>.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(PlaceCreated), "place.created/1")]
[JsonDerivedType(typeof(PlaceCorrected), "place.corrected/1")]
[JsonDerivedType(typeof(PlaceMoved), "place.moved/1")]
[JsonDerivedType(typeof(PlaceClosed), "place.closed/1")]
[JsonDerivedType(typeof(PlaceReopened), "place.reopened/1")]
[JsonDerivedType(typeof(PlaceVisited), "place.visited/1")]
[JsonDerivedType(typeof(PlaceVisitRecorded), "place.visit-recorded/1")]
public abstract record PlaceEvent
{
    /// <summary>The event with each of its facts replaced: sealed before it is stored, opened after it was read.</summary>
    public virtual PlaceEvent Map(Func<Facts, Facts> replace) => this;
}

public sealed record PlaceCreated(AreaId Area, PlaceKind Kind, string? Type, Guid? Parent, Facts Facts) : PlaceEvent
{
    public override PlaceEvent Map(Func<Facts, Facts> replace) => this with { Facts = replace(Facts) };
}

/// <param name="Facts">The fields that have another value now.</param>
/// <param name="Removed">The fields that have none any more.</param>
/// <param name="Type">Null when it stays.</param>
/// <param name="Parent">Null when that stays, <see cref="Guid.Empty"/> when there is none any more.</param>
public sealed record PlaceCorrected(Facts Facts, ImmutableArray<string> Removed, string? Type, Guid? Parent) : PlaceEvent
{
    public override PlaceEvent Map(Func<Facts, Facts> replace) => this with { Facts = replace(Facts) };
}

/// <param name="Reason">Null when it followed what it belongs to.</param>
public sealed record PlaceMoved(AreaId Area, Guid? Parent, Facts? Reason) : PlaceEvent
{
    public override PlaceEvent Map(Func<Facts, Facts> replace) => this with { Reason = Reason is null ? null : replace(Reason) };
}

/// <param name="WithParent">It followed what it belongs to.</param>
/// <param name="Reason">Null when it followed.</param>
public sealed record PlaceClosed(bool WithParent, Facts? Reason) : PlaceEvent
{
    public override PlaceEvent Map(Func<Facts, Facts> replace) => this with { Reason = Reason is null ? null : replace(Reason) };
}

public sealed record PlaceReopened : PlaceEvent;

public sealed record PlaceVisited : PlaceEvent;

/// <summary>Somebody looked at it, as their phone told.</summary>
/// <param name="Visit">The id of the visit's row.</param>
/// <param name="At">When they were there; the event is written when their phone has told.</param>
public sealed record PlaceVisitRecorded(Guid Visit, DateTimeOffset At) : PlaceEvent;

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record PlaceUnknown(string Kind) : PlaceEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class PlaceEventJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(PlaceEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    /// <param name="e">With all its facts sealed: clear ones aren't written.</param>
    public static (string Kind, string Data) Write(PlaceEvent e) => (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Options));

    /// <returns>The event with its facts sealed.</returns>
    public static PlaceEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new PlaceUnknown(kind);
        return (PlaceEvent?)JsonSerializer.Deserialize(data, type, Options)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }
}
