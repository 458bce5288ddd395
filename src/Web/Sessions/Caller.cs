using System.Reflection;
using System.Security.Claims;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Accounts;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Sessions;

/// <summary>The signed-in person who calls, with their pack. An endpoint with this parameter needs a session.</summary>
public sealed class Caller(PersonEntry person, LoadedPack pack, string token, string address, Session session)
{
    public PersonEntry Person => person;
    public LoadedPack Pack => pack;
    public string Token => token;
    public PersonId Id => person.Id;

    /// <summary>Where the call comes from; for the hub, where the connection was made from.</summary>
    public string Address => address;
    public Session Session => session;

    /// <summary>A wall screen, which may make the calls of <see cref="KioskCalls"/> alone.</summary>
    public bool IsKiosk { get; init; }

    /// <summary>Area codes and person ids in a call are those of the caller's pack.</summary>
    public AreaNode? Area(string? code) => code is null ? null : pack.Areas.GetValueOrDefault(code);

    public AreaId AreaId(string code) => new(pack.Pack.Id, code);

    public bool Reads(AreaNode area) => person.Over(area).Has(Permission.Read);

    public bool ReadsHouseholds(string area) => pack.StandIn(area) is { } node && person.Over(node).Has(Permission.ReadHouseholds);

    /// <summary>The caller with their pack as it is now, whose rules are the same.</summary>
    public Caller In(LoadedPack current) => new(person, current, token, address, session) { IsKiosk = IsKiosk };

    /// <returns>Null when nobody has signed in.</returns>
    public static Caller? Of(ClaimsPrincipal? user) => user?.Identities.OfType<CallerIdentity>().FirstOrDefault()?.Caller;

    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(Of(context.User) ?? throw new InvalidOperationException("The endpoint has no policy that needs a session."));
}

/// <summary>
/// The caller, as part of the request's user. SignalR gives the hub the user of the request that connected, with every transport; it
/// doesn't give it the request's features.
/// </summary>
sealed class CallerIdentity(Caller caller) : ClaimsIdentity([new(ClaimTypes.NameIdentifier, caller.Id.Key)], SessionHandler.SchemeName)
{
    public Caller Caller => caller;
}
