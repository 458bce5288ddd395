using GridActors.Contracts.Cases;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Domain.Registrations;
using GridActors.Storage.Registrations;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Registrations;

/// <summary>What a printed code opens.</summary>
sealed record OpenDoor(
    RegistrationDoor Door,
    LoadedPack Pack,
    AreaNode Area,
    HouseholdRules Households,
    RegistrationRules Rules,
    IPhoneCodes Codes
);

/// <summary>Lets in who has scanned a printed code, and no faster than the limits allow.</summary>
sealed class RegistrationDoorkeeper(RegistrationDoors doors, PublicCalls calls, IEnumerable<IPhoneCodes> senders, IPacks packs)
{
    /// <returns>The door, or why it isn't open.</returns>
    public async Task<(OpenDoor? Door, ProblemHttpResult? Problem)> Open(
        string? code,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!calls.Take(context))
            return (null, Problem.Of(Problem.TooManyRequests, context));
        if (
            !RegistrationSecrets.IsOne(code)
            || await doors.Find(RegistrationSecrets.HashOf(code!), cancellationToken) is not { } door
            || packs.Current.PackOf(door.Area) is not { } pack
            || pack.Areas.GetValueOrDefault(door.Area.Code) is not { } area
        )
            return (null, Problem.Of(CaseRejections.NotFound, context));
        if (!calls.Take(door.Id))
            return (null, Problem.Of(Problem.TooManyRequests, context));
        return pack.Pack.Households is { Registration: { } rules } households && CodesOf(pack.Pack.Id) is { } codes
            ? (new(door, pack, area, households, rules, codes), null)
            : (null, Problem.Of(RegistrationRejections.Off, context));
    }

    /// <summary>Whether residents of the place can register themselves.</summary>
    public bool IsOn(LoadedPack pack) => pack.Pack.Households?.Registration is not null && CodesOf(pack.Pack.Id) is not null;

    /// <summary>What sends codes to phones; null where nothing is configured, so that the feature is off.</summary>
    public IPhoneCodes? CodesOf(string pack) => senders.FirstOrDefault(s => s.Serves(pack));
}
