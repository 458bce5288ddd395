using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Households;

/// <summary>What a person asks to do with one household.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.HouseholdCommand")]
public abstract record HouseholdCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }

    /// <summary>The versions that the household may have; null for any.</summary>
    [Id(2)]
    public ImmutableArray<int>? IfVersions { get; init; }
}

/// <summary>A resident to be added, with an id that the caller chose.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.NewResident")]
public sealed record NewResident(
    [property: Id(0)] Guid Id,
    [property: Id(1)] ResidentKind Kind,
    [property: Id(2)] string? Relation,
    [property: Id(3)] ImmutableSortedDictionary<string, string> Fields,
    [property: Id(4)] ImmutableArray<string> Groups,
    [property: Id(5)] ImmutableArray<Certificate> Certificates,
    [property: Id(6)] ImmutableArray<string> Tags
);

/// <summary>A change of fields: a value replaces what was there, null removes it, and what isn't named stays.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.FieldChanges")]
public sealed record FieldChanges([property: Id(0)] ImmutableSortedDictionary<string, string?> Values)
{
    public static FieldChanges None { get; } = new(ImmutableSortedDictionary<string, string?>.Empty);
}

/// <summary>Register a household (登记). The actor's key is the new household's id.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CreateHousehold")]
public sealed record CreateHousehold : HouseholdCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public Guid? Place { get; init; }

    [Id(2)]
    public PersonId? Worker { get; init; }

    [Id(3)]
    public required ImmutableSortedDictionary<string, string> Fields { get; init; }

    [Id(4)]
    public ImmutableArray<NewResident> Residents { get; init; } = [];
}

/// <summary>Correct what is known of a household (更正).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CorrectHousehold")]
public sealed record CorrectHousehold : HouseholdCommand
{
    [Id(0)]
    public FieldChanges Fields { get; init; } = FieldChanges.None;

    /// <summary>The dwelling; null leaves it, <see cref="Guid.Empty"/> removes it.</summary>
    [Id(1)]
    public Guid? Place { get; init; }
}

/// <summary>The facts were looked at and are right (核实).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ConfirmHousehold")]
public sealed record ConfirmHousehold : HouseholdCommand
{
    /// <summary>Whether somebody was there.</summary>
    [Id(0)]
    public bool IsVisit { get; init; }
}

/// <summary>Somebody visited the household, as their phone told; the visit's own row has the rest (走访).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.VisitHousehold")]
public sealed record VisitHousehold : HouseholdCommand, IServiceCommand
{
    /// <summary>The id of the visit's row.</summary>
    [Id(0)]
    public required Guid Visit { get; init; }

    /// <summary>When they were there, which may be long ago: a phone may have had no signal.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }
}

/// <summary>The whole household moves to another dwelling, or its area has changed (整户迁移).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.MoveHousehold")]
public sealed record MoveHousehold : HouseholdCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public Guid? Place { get; init; }

    [Id(2)]
    public FieldChanges Fields { get; init; } = FieldChanges.None;

    [Id(3)]
    public required string Reason { get; init; }
}

/// <summary>
/// The areas have changed, and the household belongs to another one now (划转). It stays in its dwelling, and nobody looked at its facts.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReassignHousehold")]
public sealed record ReassignHousehold : HouseholdCommand
{
    /// <summary>Where it is. Should somebody have moved it meanwhile, it stays there.</summary>
    [Id(0)]
    public required AreaId From { get; init; }

    [Id(1)]
    public required AreaId To { get; init; }

    /// <summary>The reassignment that it is a part of.</summary>
    [Id(2)]
    public required Guid Reassignment { get; init; }
}

/// <summary>Somebody joins the household (新增成员).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.AddResident")]
public sealed record AddResident : HouseholdCommand
{
    [Id(0)]
    public required NewResident Resident { get; init; }
}

/// <summary>Correct what is known of a resident. What is null stays.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CorrectResident")]
public sealed record CorrectResident : HouseholdCommand
{
    [Id(0)]
    public required Guid Resident { get; init; }

    [Id(1)]
    public ResidentKind? Kind { get; init; }

    [Id(2)]
    public string? Relation { get; init; }

    [Id(3)]
    public FieldChanges Fields { get; init; } = FieldChanges.None;

    [Id(4)]
    public ImmutableArray<string>? Groups { get; init; }

    [Id(5)]
    public ImmutableArray<Certificate>? Certificates { get; init; }

    [Id(6)]
    public ImmutableArray<string>? Tags { get; init; }
}

/// <summary>Somebody else becomes the head (变更户主).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ChangeHead")]
public sealed record ChangeHead : HouseholdCommand
{
    [Id(0)]
    public required Guid Resident { get; init; }

    /// <summary>What the former head is to the new one, a code of GB/T 4761; null when that isn't known.</summary>
    [Id(1)]
    public string? FormerRelation { get; init; }
}

/// <summary>A resident is registered twice: this record ends, and the other one is kept (合并重复).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.MergeResident")]
public sealed record MergeResident : HouseholdCommand
{
    [Id(300)]
    public required Guid Resident { get; init; }

    /// <summary>The record that is kept, and its household, which may be this one.</summary>
    [Id(301)]
    public required Guid Into { get; init; }

    [Id(302)]
    public required Guid IntoHousehold { get; init; }
}

/// <summary>Residents leave and go where this place keeps no record (迁出).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.MoveOut")]
public sealed record MoveOut : HouseholdCommand
{
    [Id(0)]
    public required ImmutableArray<Guid> Residents { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}

/// <summary>A resident died (死亡).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RecordDeath")]
public sealed record RecordDeath : HouseholdCommand
{
    [Id(0)]
    public required Guid Resident { get; init; }

    [Id(1)]
    public required DateOnly On { get; init; }
}

/// <summary>
/// Residents go over to another household: one that is there (户内迁移), or a new one, which splits this one (分户). The other household
/// takes them by <see cref="ReceiveResidents"/>, however often it is told.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.MoveResidents")]
public sealed record MoveResidents : HouseholdCommand
{
    [Id(0)]
    public required ImmutableArray<Guid> Residents { get; init; }

    [Id(1)]
    public required Guid To { get; init; }

    /// <summary>Where the new household is; null for one that is there.</summary>
    [Id(2)]
    public AreaId? NewIn { get; init; }

    /// <summary>The fields of the new household.</summary>
    [Id(3)]
    public ImmutableSortedDictionary<string, string> Fields { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Who is the head of the new household.</summary>
    [Id(4)]
    public Guid? Head { get; init; }

    [Id(5)]
    public required string Reason { get; init; }
}

/// <summary>Everybody goes over to another household, because both are one (并户).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.MergeHousehold")]
public sealed record MergeHousehold : HouseholdCommand
{
    [Id(0)]
    public required Guid Into { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}

/// <summary>Takes residents that another household gave up.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReceiveResidents")]
public sealed record ReceiveResidents : HouseholdCommand, IServiceCommand
{
    [Id(0)]
    public required Guid From { get; init; }

    [Id(1)]
    public required ImmutableArray<NewResident> Residents { get; init; }

    /// <summary>Where this household begins with them; null for one that is there.</summary>
    [Id(2)]
    public AreaId? NewIn { get; init; }

    [Id(3)]
    public ImmutableSortedDictionary<string, string> Fields { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>
/// Destroys the key of a resident who no longer lives here, so that nobody can read what is known of them (删除个人信息).
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.EraseResident")]
public sealed record EraseResident : HouseholdCommand
{
    [Id(0)]
    public required Guid Resident { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}
