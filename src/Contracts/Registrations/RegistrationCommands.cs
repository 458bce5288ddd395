using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Registrations;

/// <summary>What is asked of one application.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RegistrationCommand")]
public abstract record RegistrationCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }
}

/// <summary>
/// A resident applies by the code of their grid (申请登记). Nobody has signed in: the door that takes it has checked the phone.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.SubmitRegistration")]
public sealed record SubmitRegistration : RegistrationCommand, IServiceCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public required string Consent { get; init; }

    [Id(2)]
    public required ImmutableSortedDictionary<string, string> Fields { get; init; }

    [Id(3)]
    public required ImmutableArray<NewResident> Residents { get; init; }

    [Id(4)]
    public required Guid Representative { get; init; }

    /// <summary>A hash of the secret by which the resident asks what has become of it.</summary>
    [Id(5)]
    public required ImmutableArray<byte> Secret { get; init; }

    /// <summary>A keyed token of the phone that was confirmed.</summary>
    [Id(6)]
    public required ImmutableArray<byte> Phone { get; init; }
}

/// <summary>The worker has taken it into the ledger (确认).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ConfirmRegistration")]
public sealed record ConfirmRegistration : RegistrationCommand
{
    [Id(0)]
    public required Guid Household { get; init; }
}

/// <summary>It isn't taken (退回). The resident is told the reason.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.DeclineRegistration")]
public sealed record DeclineRegistration : RegistrationCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>Destroys what it says, because the pack's term is over.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.EraseRegistration")]
public sealed record EraseRegistration : RegistrationCommand, IServiceCommand;
