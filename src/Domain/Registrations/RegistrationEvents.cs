using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Domain.Households;

namespace GridActors.Domain.Registrations;

/// <summary>
/// Something that happened to an application. Its time, person and operation are in the journal's row. A kind names one shape: a changed
/// shape gets a new kind, and the old kind stays readable. Whatever a person can be known by stands in <see cref="Facts"/>.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(RegistrationSubmitted), "registration.submitted/1")]
[JsonDerivedType(typeof(RegistrationConfirmed), "registration.confirmed/1")]
[JsonDerivedType(typeof(RegistrationDeclined), "registration.declined/1")]
[JsonDerivedType(typeof(RegistrationErased), "registration.erased/1")]
public abstract record RegistrationEvent
{
    /// <summary>The event with each of its facts replaced: sealed before it is stored, opened after it was read.</summary>
    public virtual RegistrationEvent Map(Func<Facts, Facts> replace) => this;
}

/// <param name="Facts">What was said of the household. All facts are sealed with the application's own key.</param>
/// <param name="Consent">The version of the text that they agreed to.</param>
public sealed record RegistrationSubmitted(
    AreaId Area,
    string Consent,
    Facts Facts,
    ImmutableArray<ResidentEntry> Residents,
    Guid Representative
) : RegistrationEvent
{
    public override RegistrationEvent Map(Func<Facts, Facts> replace) =>
        this with
        {
            Facts = replace(Facts),
            Residents = [.. Residents.Select(r => r with { Facts = replace(r.Facts) })],
        };
}

public sealed record RegistrationConfirmed(Guid Household) : RegistrationEvent;

public sealed record RegistrationDeclined(Facts Reason) : RegistrationEvent
{
    public override RegistrationEvent Map(Func<Facts, Facts> replace) => this with { Reason = replace(Reason) };
}

/// <summary>The key was destroyed.</summary>
public sealed record RegistrationErased : RegistrationEvent;

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record RegistrationUnknown(string Kind) : RegistrationEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class RegistrationEventJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(RegistrationEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    /// <param name="e">With its facts sealed: clear ones aren't written.</param>
    public static (string Kind, string Data) Write(RegistrationEvent e) =>
        (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Options));

    public static RegistrationEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new RegistrationUnknown(kind);
        return (RegistrationEvent?)JsonSerializer.Deserialize(data, type, Options)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }
}
