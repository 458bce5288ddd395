using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Places;

/// <summary>What a person asks to do with one place.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.PlaceCommand")]
public abstract record PlaceCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }

    /// <summary>The versions that the place may have; null for any.</summary>
    [Id(2)]
    public ImmutableArray<int>? IfVersions { get; init; }
}

/// <summary>Register a place (登记). The actor's key is the new place's id.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CreatePlace")]
public sealed record CreatePlace : PlaceCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public required PlaceKind Kind { get; init; }

    /// <summary>Of a key place.</summary>
    [Id(2)]
    public string? Type { get; init; }

    [Id(3)]
    public Guid? Parent { get; init; }

    [Id(4)]
    public required ImmutableSortedDictionary<string, string> Fields { get; init; }
}

/// <summary>Correct what is known of a place (更正). What is null stays.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CorrectPlace")]
public sealed record CorrectPlace : PlaceCommand
{
    [Id(0)]
    public FieldChanges Fields { get; init; } = FieldChanges.None;

    [Id(1)]
    public string? Type { get; init; }

    /// <summary><see cref="Guid.Empty"/> makes it stand by itself.</summary>
    [Id(2)]
    public Guid? Parent { get; init; }
}

/// <summary>The place belongs to another area now (划转). What belongs to it follows.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.MovePlace")]
public sealed record MovePlace : PlaceCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    /// <summary>What it belongs to there; null when it stands by itself.</summary>
    [Id(1)]
    public Guid? Parent { get; init; }

    [Id(2)]
    public required string Reason { get; init; }
}

/// <summary>The place is closed or demolished (注销). What belongs to it goes with it.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ClosePlace")]
public sealed record ClosePlace : PlaceCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>The place is there again (恢复). What went with it comes back with it.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReopenPlace")]
public sealed record ReopenPlace : PlaceCommand;

/// <summary>Somebody looked at the place (巡查).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.VisitPlace")]
public sealed record VisitPlace : PlaceCommand;

/// <summary>Somebody looked at the place, as their phone told; the visit's own row has the rest.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RecordPlaceVisit")]
public sealed record RecordPlaceVisit : PlaceCommand, IServiceCommand
{
    /// <summary>The id of the visit's row.</summary>
    [Id(0)]
    public required Guid Visit { get; init; }

    /// <summary>When they were there, which may be long ago: a phone may have had no signal.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }
}

/// <summary>What the building or unit says to a place that belongs to it, after it went to another area, went, or came back.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.FollowPlace")]
public sealed record FollowPlace : PlaceCommand, IServiceCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public required bool IsGone { get; init; }
}
