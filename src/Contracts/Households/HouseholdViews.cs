using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Households;

/// <summary>What has become of a household.</summary>
public enum HouseholdStatus : byte
{
    /// <summary>Somebody lives there.</summary>
    Living = 0,

    /// <summary>Everybody has moved out or died.</summary>
    Empty = 1,

    /// <summary>Its residents went over to another household, because both were one.</summary>
    Merged = 2,
}

/// <summary>In which way somebody belongs to a household (人口类型).</summary>
public enum ResidentKind : byte
{
    /// <summary>Registered and living here (户籍人口).</summary>
    Registered = 0,

    /// <summary>Living here and registered elsewhere (流动人口).</summary>
    Migrant = 1,

    /// <summary>Registered here and living elsewhere (外出人口).</summary>
    Absent = 2,
}

/// <summary>What has become of a resident.</summary>
public enum ResidentStatus : byte
{
    /// <summary>Belongs to the household.</summary>
    Living = 0,
    MovedOut = 1,
    Died = 2,
}

/// <summary>A certificate (证件、待遇) with the last day on which it is valid.</summary>
/// <param name="Kind">An id of the pack's <c>certificates</c>.</param>
/// <param name="RaisedCase">The service case that was raised because it lapses; null while none was.</param>
[GenerateSerializer, Immutable, Alias("gridactors.Certificate")]
public sealed record Certificate(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] DateOnly ExpiresOn,
    [property: Id(3)] Guid? RaisedCase = null
);

/// <summary>A resident of a household, with everything in clear: what a caller may see of it is decided where it is answered.</summary>
/// <param name="Relation">To the head of the household, a code of GB/T 4761; null when it isn't known.</param>
/// <param name="Fields">By the id of the pack's field; empty when the resident was erased.</param>
/// <param name="Groups">Ids of the pack's special groups (重点人群).</param>
/// <param name="LeftAt">When it was recorded that they moved out or died; null while they live here.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ResidentView")]
public sealed record ResidentView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] ResidentKind Kind,
    [property: Id(2)] string? Relation,
    [property: Id(3)] ImmutableSortedDictionary<string, string> Fields,
    [property: Id(4)] ImmutableArray<string> Groups,
    [property: Id(5)] ImmutableArray<Certificate> Certificates,
    [property: Id(6)] ImmutableArray<string> Tags,
    [property: Id(7)] ResidentStatus Status = ResidentStatus.Living,
    [property: Id(8)] bool IsErased = false,
    [property: Id(9)] DateTimeOffset? LeftAt = null
)
{
    /// <summary>The record of the same person that was kept, when this one was a duplicate.</summary>
    [Id(300)]
    public Guid? MergedInto { get; init; }

    /// <summary>The code of GB/T 4761 for the head of the household (户主).</summary>
    public const string Head = "02";

    public bool IsLiving => Status == ResidentStatus.Living;
    public bool IsHead => IsLiving && Relation == Head;
}

/// <summary>A household (户) with its residents, everything in clear.</summary>
/// <param name="Place">The dwelling it lives in; null when it isn't known.</param>
/// <param name="Worker">The one worker it is linked to; null for all who hold a linked post there.</param>
/// <param name="Residents">Also those who have moved out or died.</param>
/// <param name="Version">The number of its events.</param>
/// <param name="CheckedAt">When somebody last confirmed or corrected its facts.</param>
/// <param name="VisitedAt">When somebody last visited it; null for never.</param>
/// <param name="MergedInto">The household that its residents went over to.</param>
[GenerateSerializer, Immutable, Alias("gridactors.HouseholdView")]
public sealed record HouseholdView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AreaId Area,
    [property: Id(2)] Guid? Place,
    [property: Id(3)] PersonId? Worker,
    [property: Id(4)] HouseholdStatus Status,
    [property: Id(5)] ImmutableSortedDictionary<string, string> Fields,
    [property: Id(6)] ImmutableArray<ResidentView> Residents,
    [property: Id(7)] int Version,
    [property: Id(8)] DateTimeOffset CreatedAt,
    [property: Id(9)] DateTimeOffset UpdatedAt,
    [property: Id(10)] PersonId UpdatedBy,
    [property: Id(11)] DateTimeOffset CheckedAt,
    [property: Id(12)] DateTimeOffset? VisitedAt = null,
    [property: Id(13)] Guid? MergedInto = null
)
{
    public ResidentView? Resident(Guid id)
    {
        foreach (var resident in Residents)
            if (resident.Id == id)
                return resident;
        return null;
    }

    public ResidentView? Head => Residents.FirstOrDefault(r => r.IsHead);

    public IEnumerable<ResidentView> Living => Residents.Where(r => r.IsLiving);
}

/// <summary>The answer to a command or a question about one household.</summary>
/// <param name="Rejection">A code of <see cref="HouseholdRejections"/> or of cases when the command was refused, else null.</param>
/// <param name="Household">Null when there is none, or the caller may not see it.</param>
[GenerateSerializer, Immutable, Alias("gridactors.HouseholdAnswer")]
public sealed record HouseholdAnswer([property: Id(0)] string? Rejection, [property: Id(1)] HouseholdView? Household);
