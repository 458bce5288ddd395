using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Appointments;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Domain.Households;

namespace GridActors.Domain.Appointments;

/// <summary>
/// Something that happened to an appointment. Its time, person and operation are in the journal's row. A kind names one shape: a changed
/// shape gets a new kind, and the old kind stays readable. What somebody wrote may name people, and stands in <see cref="Facts"/>.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(AppointmentBooked), "appointment.booked/1")]
[JsonDerivedType(typeof(AppointmentAgreed), "appointment.agreed/1")]
[JsonDerivedType(typeof(AppointmentMoved), "appointment.moved/1")]
[JsonDerivedType(typeof(AppointmentKept), "appointment.kept/1")]
[JsonDerivedType(typeof(AppointmentMissed), "appointment.missed/1")]
[JsonDerivedType(typeof(AppointmentCancelled), "appointment.cancelled/1")]
[JsonDerivedType(typeof(ServiceAdvanced), "appointment.service-advanced/1")]
[JsonDerivedType(typeof(AppointmentReminded), "appointment.reminded/1")]
[JsonDerivedType(typeof(AppointmentErased), "appointment.erased/1")]
public abstract record AppointmentEvent
{
    /// <summary>The event with each of its facts replaced: sealed before it is stored, opened after it was read.</summary>
    public virtual AppointmentEvent Map(Func<Facts, Facts> replace) => this;
}

/// <param name="IsAgreed">The worker booked it.</param>
/// <param name="Facts">Materials and note. All facts are sealed with the appointment's own key.</param>
public sealed record AppointmentBooked(
    AreaId Area,
    PersonId Worker,
    ImmutableArray<Guid> Households,
    string? Purpose,
    string? Service,
    DateTimeOffset From,
    DateTimeOffset Until,
    bool IsAgreed,
    Facts Facts
) : AppointmentEvent
{
    public override AppointmentEvent Map(Func<Facts, Facts> replace) => this with { Facts = replace(Facts) };
}

public sealed record AppointmentAgreed : AppointmentEvent;

public sealed record AppointmentMoved(DateTimeOffset From, DateTimeOffset Until, PersonId Worker, bool IsAgreed, Facts Reason)
    : AppointmentEvent
{
    public override AppointmentEvent Map(Func<Facts, Facts> replace) => this with { Reason = replace(Reason) };
}

/// <param name="Visit">Null for a visit that wasn't recorded.</param>
public sealed record AppointmentKept(Guid? Visit) : AppointmentEvent;

public sealed record AppointmentMissed(Facts Reason) : AppointmentEvent
{
    public override AppointmentEvent Map(Func<Facts, Facts> replace) => this with { Reason = replace(Reason) };
}

public sealed record AppointmentCancelled(Facts Reason) : AppointmentEvent
{
    public override AppointmentEvent Map(Func<Facts, Facts> replace) => this with { Reason = replace(Reason) };
}

public sealed record ServiceAdvanced(ImmutableArray<Guid> Households, ServiceStage Stage, Facts Reason) : AppointmentEvent
{
    public override AppointmentEvent Map(Func<Facts, Facts> replace) => this with { Reason = replace(Reason) };
}

public sealed record AppointmentReminded : AppointmentEvent;

/// <summary>The key was destroyed.</summary>
public sealed record AppointmentErased : AppointmentEvent;

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record AppointmentUnknown(string Kind) : AppointmentEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class AppointmentEventJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(AppointmentEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    /// <param name="e">With its facts sealed: clear ones aren't written.</param>
    public static (string Kind, string Data) Write(AppointmentEvent e) =>
        (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Options));

    public static AppointmentEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new AppointmentUnknown(kind);
        return (AppointmentEvent?)JsonSerializer.Deserialize(data, type, Options)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }
}
