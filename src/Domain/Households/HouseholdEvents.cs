using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;

namespace GridActors.Domain.Households;

/// <summary>
/// Something that happened to a household. Its time, person and operation are in the journal's row. A kind names one shape: a changed
/// shape gets a new kind, and the old kind stays readable. Whatever a person can be known by stands in <see cref="Facts"/>.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(HouseholdCreated), "household.created/1")]
[JsonDerivedType(typeof(HouseholdCorrected), "household.corrected/1")]
[JsonDerivedType(typeof(HouseholdConfirmed), "household.confirmed/1")]
[JsonDerivedType(typeof(HouseholdVisited), "household.visited/1")]
[JsonDerivedType(typeof(HouseholdMoved), "household.moved/1")]
[JsonDerivedType(typeof(HouseholdReassigned), "household.reassigned/1")]
[JsonDerivedType(typeof(ResidentAdded), "household.resident-added/1")]
[JsonDerivedType(typeof(ResidentCorrected), "household.resident-corrected/1")]
[JsonDerivedType(typeof(HeadChanged), "household.head-changed/1")]
[JsonDerivedType(typeof(ResidentsLeft), "household.residents-left/1")]
[JsonDerivedType(typeof(ResidentDied), "household.resident-died/1")]
[JsonDerivedType(typeof(ResidentMerged), "household.resident-merged/1")]
[JsonDerivedType(typeof(ResidentsMoved), "household.residents-moved/1")]
[JsonDerivedType(typeof(ResidentsReceived), "household.residents-received/1")]
[JsonDerivedType(typeof(ResidentErased), "household.resident-erased/1")]
[JsonDerivedType(typeof(CertificateRaised), "household.certificate-raised/1")]
public abstract record HouseholdEvent
{
    /// <summary>The event with each of its facts replaced: sealed before it is stored, opened after it was read.</summary>
    public virtual HouseholdEvent Map(Func<Facts, Facts> replace) => this;

    /// <summary>Everything in it that is sealed.</summary>
    public IReadOnlyList<Facts> AllFacts()
    {
        var found = new List<Facts>();
        Map(f =>
        {
            found.Add(f);
            return f;
        });
        return found;
    }
}

/// <summary>A resident as they join a household.</summary>
public sealed record ResidentEntry(
    Guid Id,
    ResidentKind Kind,
    string? Relation,
    Facts Facts,
    ImmutableArray<string> Groups,
    ImmutableArray<Certificate> Certificates,
    ImmutableArray<string> Tags
)
{
    public static ResidentEntry Of(NewResident added) =>
        new(added.Id, added.Kind, added.Relation, Facts.Of(added.Id, added.Fields), added.Groups, added.Certificates, added.Tags);
}

public sealed record HouseholdCreated(AreaId Area, Guid? Place, PersonId? Worker, Facts Facts, ImmutableArray<ResidentEntry> Residents)
    : HouseholdEvent
{
    public override HouseholdEvent Map(Func<Facts, Facts> replace) =>
        this with
        {
            Facts = replace(Facts),
            Residents = Residents.Replace(replace),
        };
}

/// <param name="Facts">The fields that have another value now.</param>
/// <param name="Removed">The fields that have none any more.</param>
/// <param name="Place">The dwelling; null when that stays, <see cref="Guid.Empty"/> when there is none any more.</param>
public sealed record HouseholdCorrected(Facts Facts, ImmutableArray<string> Removed, Guid? Place) : HouseholdEvent
{
    public override HouseholdEvent Map(Func<Facts, Facts> replace) => this with { Facts = replace(Facts) };
}

/// <summary>Somebody looked at the facts, and they are right.</summary>
public sealed record HouseholdConfirmed(bool IsVisit) : HouseholdEvent;

/// <summary>Somebody visited it.</summary>
/// <param name="Visit">The id of the visit's row.</param>
/// <param name="At">When they were there; the event is written when their phone has told.</param>
public sealed record HouseholdVisited(Guid Visit, DateTimeOffset At) : HouseholdEvent;

public sealed record HouseholdMoved(AreaId Area, Guid? Place, Facts Facts, ImmutableArray<string> Removed, Facts Reason) : HouseholdEvent
{
    public override HouseholdEvent Map(Func<Facts, Facts> replace) => this with { Facts = replace(Facts), Reason = replace(Reason) };
}

/// <summary>The areas have changed, and the household belongs to another one now.</summary>
/// <param name="Reassignment">What it is a part of.</param>
public sealed record HouseholdReassigned(AreaId Area, Guid Reassignment) : HouseholdEvent;

public sealed record ResidentAdded(ResidentEntry Resident) : HouseholdEvent
{
    public override HouseholdEvent Map(Func<Facts, Facts> replace) =>
        this with
        {
            Resident = Resident with { Facts = replace(Resident.Facts) },
        };
}

/// <summary>What is null stays.</summary>
public sealed record ResidentCorrected(
    Guid Resident,
    ResidentKind? Kind,
    string? Relation,
    Facts Facts,
    ImmutableArray<string> Removed,
    ImmutableArray<string>? Groups,
    ImmutableArray<Certificate>? Certificates,
    ImmutableArray<string>? Tags
) : HouseholdEvent
{
    public override HouseholdEvent Map(Func<Facts, Facts> replace) => this with { Facts = replace(Facts) };
}

/// <param name="FormerRelation">What the former head is to the new one; null when that isn't known.</param>
public sealed record HeadChanged(Guid Resident, string? FormerRelation) : HouseholdEvent;

/// <summary>Residents moved to where this place keeps no record.</summary>
public sealed record ResidentsLeft(ImmutableArray<Guid> Residents, Facts Reason) : HouseholdEvent
{
    public override HouseholdEvent Map(Func<Facts, Facts> replace) => this with { Reason = replace(Reason) };
}

public sealed record ResidentDied(Guid Resident, DateOnly On) : HouseholdEvent;

/// <summary>The resident was registered twice, and the other record was kept.</summary>
/// <param name="Into">The record that was kept.</param>
/// <param name="IntoHousehold">Its household, which may be this one.</param>
public sealed record ResidentMerged(Guid Resident, Guid Into, Guid IntoHousehold) : HouseholdEvent;

/// <summary>Residents went over to another household.</summary>
/// <param name="Head">Who is the head of the new household; null for one that was there.</param>
/// <param name="NewIn">Where the new household is; null for one that was there.</param>
/// <param name="NewFacts">The fields of the new household; null for one that was there.</param>
/// <param name="IsMerge">Both were one household.</param>
public sealed record ResidentsMoved(
    ImmutableArray<Guid> Residents,
    Guid To,
    Guid? Head,
    AreaId? NewIn,
    Facts? NewFacts,
    bool IsMerge,
    Facts Reason
) : HouseholdEvent
{
    public override HouseholdEvent Map(Func<Facts, Facts> replace) =>
        this with
        {
            NewFacts = NewFacts is null ? null : replace(NewFacts),
            Reason = replace(Reason),
        };
}

/// <summary>Residents came over from another household.</summary>
public sealed record ResidentsReceived(Guid From, ImmutableArray<ResidentEntry> Residents) : HouseholdEvent
{
    public override HouseholdEvent Map(Func<Facts, Facts> replace) => this with { Residents = Residents.Replace(replace) };
}

/// <summary>The key of a resident was destroyed.</summary>
public sealed record ResidentErased(Guid Resident, Facts Reason) : HouseholdEvent
{
    public override HouseholdEvent Map(Func<Facts, Facts> replace) => this with { Reason = replace(Reason) };
}

/// <summary>A service case was raised because a certificate lapses.</summary>
public sealed record CertificateRaised(Guid Resident, Guid Certificate, Guid Case) : HouseholdEvent;

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record HouseholdUnknown(string Kind) : HouseholdEvent;

static class ResidentEntries
{
    public static ImmutableArray<ResidentEntry> Replace(this ImmutableArray<ResidentEntry> residents, Func<Facts, Facts> replace) =>
        [.. residents.Select(r => r with { Facts = replace(r.Facts) })];
}

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class HouseholdEventJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(HouseholdEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    /// <param name="e">With all its facts sealed: clear ones aren't written.</param>
    public static (string Kind, string Data) Write(HouseholdEvent e) =>
        (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Options));

    /// <returns>The event with its facts sealed.</returns>
    public static HouseholdEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new HouseholdUnknown(kind);
        return (HouseholdEvent?)JsonSerializer.Deserialize(data, type, Options)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }
}
