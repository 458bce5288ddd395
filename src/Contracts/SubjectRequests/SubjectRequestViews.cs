using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.SubjectRequests;

/// <summary>What a resident asks for about what is kept of them. The numbers are stored.</summary>
public enum SubjectRequestKind : byte
{
    /// <summary>That something is corrected or completed (更正、补充).</summary>
    Correction = 0,

    /// <summary>That something, or everything, is deleted (删除).</summary>
    Deletion = 1,

    /// <summary>To know what is kept, and a copy of it (查阅、复制).</summary>
    Access = 2,
}

/// <summary>How far a request is. The numbers are stored.</summary>
public enum SubjectRequestStatus : byte
{
    Open = 0,
    Granted = 1,
    PartlyGranted = 2,
    Refused = 3,
    CarriedOut = 4,
}

/// <summary>How it was checked that it is the resident who asks, or somebody who may ask for them.</summary>
public enum IdentityCheck : byte
{
    /// <summary>An identity document was shown.</summary>
    Document = 0,

    /// <summary>The official knows the resident.</summary>
    Known = 1,

    /// <summary>Somebody else came with a written power of attorney.</summary>
    Proxy = 2,

    /// <summary>A parent or guardian.</summary>
    Guardian = 3,

    /// <summary>A close relative of somebody who died.</summary>
    Relative = 4,
}

/// <summary>A request of a resident about what is kept of them, everything in clear.</summary>
/// <param name="Asker">Who asked, and how to reach them; empty when the resident was erased.</param>
/// <param name="Wanted">What is wanted, in their words; empty when the resident was erased.</param>
/// <param name="Reason">Why it was decided so; empty when the resident was erased.</param>
/// <param name="HouseholdVersion">The version of the household that carried it out; null when it changed nothing there.</param>
[GenerateSerializer, Immutable, Alias("gridactors.SubjectRequestView")]
public sealed record SubjectRequestView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AreaId Area,
    [property: Id(2)] Guid Household,
    [property: Id(3)] Guid Resident,
    [property: Id(4)] SubjectRequestKind Kind,
    [property: Id(5)] SubjectRequestStatus Status,
    [property: Id(6)] IdentityCheck Check,
    [property: Id(7)] string Asker,
    [property: Id(8)] string Wanted,
    [property: Id(9)] string Reason,
    [property: Id(10)] PersonId OpenedBy,
    [property: Id(11)] DateTimeOffset OpenedAt,
    [property: Id(12)] DateTimeOffset DueAt,
    [property: Id(13)] PersonId? DecidedBy,
    [property: Id(14)] DateTimeOffset? DecidedAt,
    [property: Id(15)] PersonId? CarriedOutBy,
    [property: Id(16)] DateTimeOffset? CarriedOutAt,
    [property: Id(17)] int? HouseholdVersion,
    [property: Id(18)] int Version
);

/// <summary>The answer to a command or a question about one request.</summary>
/// <param name="Rejection">A code when the command was refused, else null.</param>
/// <param name="View">Null when there is none, or the caller may not see the household.</param>
[GenerateSerializer, Immutable, Alias("gridactors.SubjectRequestAnswer")]
public sealed record SubjectRequestAnswer([property: Id(0)] string? Rejection, [property: Id(1)] SubjectRequestView? View);
