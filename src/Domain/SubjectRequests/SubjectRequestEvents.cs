using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.SubjectRequests;
using GridActors.Domain.Households;

namespace GridActors.Domain.SubjectRequests;

/// <summary>
/// Something that happened to a request of a resident. Its time, person and operation are in the journal's row. A kind names one shape: a
/// changed shape gets a new kind, and the old kind stays readable. Texts are sealed with the resident's key, and are forgotten with it.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(SubjectRequestOpened), "subject-request.opened/1")]
[JsonDerivedType(typeof(SubjectRequestDecided), "subject-request.decided/1")]
[JsonDerivedType(typeof(SubjectRequestCarriedOut), "subject-request.carried-out/1")]
public abstract record SubjectRequestEvent
{
    /// <summary>The event with its facts replaced: sealed before it is stored, opened after it was read.</summary>
    public virtual SubjectRequestEvent Map(Func<Facts, Facts> replace) => this;
}

/// <param name="Facts">Who asked, and what they want.</param>
public sealed record SubjectRequestOpened(
    AreaId Area,
    Guid Household,
    Guid Resident,
    SubjectRequestKind Kind,
    IdentityCheck Check,
    Facts Facts,
    DateTimeOffset DueAt
) : SubjectRequestEvent
{
    public const string Asker = "asker";
    public const string Wanted = "wanted";

    public override SubjectRequestEvent Map(Func<Facts, Facts> replace) => this with { Facts = replace(Facts) };
}

public sealed record SubjectRequestDecided(SubjectRequestStatus Outcome, Facts Reason) : SubjectRequestEvent
{
    public override SubjectRequestEvent Map(Func<Facts, Facts> replace) => this with { Reason = replace(Reason) };
}

/// <param name="HouseholdVersion">The version of the household that did it; null when it changed nothing there.</param>
public sealed record SubjectRequestCarriedOut(int? HouseholdVersion) : SubjectRequestEvent;

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record SubjectRequestUnknown(string Kind) : SubjectRequestEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class SubjectRequestEventJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(SubjectRequestEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    /// <param name="e">With its facts sealed: clear ones aren't written.</param>
    public static (string Kind, string Data) Write(SubjectRequestEvent e) =>
        (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Options));

    /// <returns>The event with its facts sealed.</returns>
    public static SubjectRequestEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new SubjectRequestUnknown(kind);
        return (SubjectRequestEvent?)JsonSerializer.Deserialize(data, type, Options)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }
}
