using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;

namespace GridActors.Contracts.SubjectRequests;

/// <summary>What a person does with one request of a resident.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.SubjectRequestCommand")]
public abstract record SubjectRequestCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }
}

/// <summary>Enter a request of a resident (登记申请). The actor's key is the new request's id.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.OpenSubjectRequest")]
public sealed record OpenSubjectRequest : SubjectRequestCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public required Guid Household { get; init; }

    [Id(2)]
    public required Guid Resident { get; init; }

    [Id(3)]
    public required SubjectRequestKind Kind { get; init; }

    [Id(4)]
    public required IdentityCheck Check { get; init; }

    [Id(5)]
    public required string Asker { get; init; }

    [Id(6)]
    public required string Wanted { get; init; }
}

/// <summary>Grant it, grant a part of it, or refuse it (决定).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.DecideSubjectRequest")]
public sealed record DecideSubjectRequest : SubjectRequestCommand
{
    /// <summary>Granted, partly granted or refused.</summary>
    [Id(0)]
    public required SubjectRequestStatus Outcome { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}

/// <summary>Carry out what was granted (办结).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CarryOutSubjectRequest")]
public sealed record CarryOutSubjectRequest : SubjectRequestCommand
{
    /// <summary>What the household does for it: the correction, or the erasure; null when only an answer was given.</summary>
    [Id(0)]
    public HouseholdCommand? Step { get; init; }
}
