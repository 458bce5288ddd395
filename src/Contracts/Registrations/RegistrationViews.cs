using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Registrations;

public enum RegistrationStatus : byte
{
    /// <summary>It waits for the worker of the grid.</summary>
    Waiting = 0,

    /// <summary>The worker has taken it into the ledger.</summary>
    Confirmed = 1,
    Declined = 2,

    /// <summary>It was kept as long as the pack says, and what it said is destroyed.</summary>
    Erased = 3,
}

/// <summary>
/// What a resident said about their household (住户自主登记), in clear: what a caller may see of it is decided where it is answered.
/// </summary>
/// <param name="Consent">The version of the text that they agreed to.</param>
/// <param name="Representative">Which of the residents speaks for the household (一户一代表); it is the one who applied.</param>
/// <param name="Reason">Why it was declined.</param>
/// <param name="Household">The household that it has become.</param>
/// <param name="Version">The number of its events.</param>
[GenerateSerializer, Immutable, Alias("gridactors.RegistrationView")]
public sealed record RegistrationView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AreaId Area,
    [property: Id(2)] RegistrationStatus Status,
    [property: Id(3)] string Consent,
    [property: Id(4)] ImmutableSortedDictionary<string, string> Fields,
    [property: Id(5)] ImmutableArray<NewResident> Residents,
    [property: Id(6)] Guid Representative,
    [property: Id(7)] string Reason,
    [property: Id(8)] Guid? Household,
    [property: Id(9)] int Version,
    [property: Id(10)] DateTimeOffset SubmittedAt,
    [property: Id(11)] DateTimeOffset UpdatedAt,
    [property: Id(12)] PersonId UpdatedBy
)
{
    public bool IsWaiting => Status == RegistrationStatus.Waiting;
}

/// <param name="Rejection">A code of <see cref="RegistrationRejections"/> or of cases when the command was refused, else null.</param>
/// <param name="Registration">Null when there is none, or the caller may not see it.</param>
[GenerateSerializer, Immutable, Alias("gridactors.RegistrationAnswer")]
public sealed record RegistrationAnswer([property: Id(0)] string? Rejection, [property: Id(1)] RegistrationView? Registration);
