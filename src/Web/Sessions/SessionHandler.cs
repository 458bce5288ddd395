using System.Text.Encodings.Web;
using GridActors.Domain.Packs;
using GridActors.Storage.Accounts;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Sessions;

/// <summary>
/// Finds the session of a request by its bearer token (for the hub also <c>access_token</c>), or else by the cookie. A token wins over the
/// cookie, so that two windows with two tokens are two people.
/// </summary>
public sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    Storage.Accounts.Sessions sessions,
    Kiosks kiosks,
    IPacks packs
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "session";
    public const string Cookie = "gridactors";
    const string Bearer = "Bearer ";

    /// <summary>What keeps the caller from this call.</summary>
    string? _obstacle;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Token() is not { Length: > 0 } token)
            return AuthenticateResult.NoResult();
        if (Kiosks.IsToken(token))
            return await Kiosk(token);
        if (await sessions.Find(token, Context.RequestAborted) is not { } session)
            return AuthenticateResult.NoResult();
        var current = packs.Current;
        if (current.Person(session.Person) is not { } person || current.Pack(session.Person.Pack) is not { } pack)
            return AuthenticateResult.NoResult();
        _obstacle = FirstCalls.Needed(session, person, Context.GetEndpoint());
        if (_obstacle is not null)
            return AuthenticateResult.NoResult();
        var caller = new Caller(person, pack, token, Origin.Address(Context), session);
        return AuthenticateResult.Success(new(new(new CallerIdentity(caller)), SchemeName));
    }

    async Task<AuthenticateResult> Kiosk(string token)
    {
        if (await kiosks.Find(token, Context.RequestAborted) is not { } kiosk)
            return AuthenticateResult.NoResult();
        var current = packs.Current;
        if (current.Area(kiosk.Area) is not { } area || current.PackOf(kiosk.Area) is not { } pack)
            return AuthenticateResult.NoResult();
        var person = PersonEntry.OfKiosk(kiosk.Person, kiosk.Name, area);
        var session = new Session(kiosk.Person, DateTimeOffset.MaxValue, MustChangePassword: false, HasSecondFactor: false);
        var caller = new Caller(person, pack, token, Origin.Address(Context), session) { IsKiosk = true };
        _obstacle = KioskCalls.Allow(Context, caller) ? null : Problem.KioskSession;
        return _obstacle is null
            ? AuthenticateResult.Success(new(new(new CallerIdentity(caller)), SchemeName))
            : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Problem.Of(_obstacle ?? Problem.NotSignedIn, Context).ExecuteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of(Contracts.Cases.CaseRejections.NotPermitted, Context).ExecuteAsync(Context);

    /// <summary>Whether the request names a session itself, so that the cookie isn't looked at.</summary>
    public static bool HasToken(HttpRequest request) =>
        request.Headers.Authorization.Count > 0
        || (request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) && request.Query["access_token"].Count > 0);

    string? Token()
    {
        if (Request.Headers.Authorization is [{ } header, ..])
            return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
        if (Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) && Request.Query["access_token"] is [{ } query, ..])
            return query;
        return Request.Cookies[Cookie];
    }
}
