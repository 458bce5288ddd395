using System.ComponentModel.DataAnnotations;
using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Accounts;
using GridActors.Storage.Time;
using GridActors.Web.Perimeter;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Sessions;

/// <param name="Code">The code of the authenticator app, or a recovery code, of somebody with a second factor.</param>
public sealed record SignInRequest([property: Required] string? Account, string? Password, bool Demo = false, string? Code = null);

public sealed record SignedInJson(string Token, DateTimeOffset ExpiresAt, MeJson Me);

/// <param name="MustChangePassword">Nothing else is allowed until <c>POST /api/me/password</c>.</param>
/// <param name="SecondFactor">
/// <c>on</c>: this session began with a code. <c>needed</c>: a post asks for it, and nothing else is allowed until
/// <c>POST /api/me/second-factor</c>.
/// </param>
/// <param name="Provider">
/// The county's identity provider signed the person in. To sign out there, too, open <c>/api/openid/sign-out</c> afterwards.
/// </param>
/// <param name="Kiosk">A wall screen, which may only watch the boards of its area.</param>
public sealed record MeJson(
    string Id,
    string Name,
    PackJson Pack,
    IReadOnlyList<PostJson> Posts,
    string? Home,
    bool Demo,
    bool MustChangePassword,
    string SecondFactor,
    bool Provider,
    bool Kiosk
);

public sealed record PackJson(string Id, string Name, string NameEn, string TimeZone);

public sealed record PostJson(
    string Post,
    string Name,
    string NameEn,
    string Area,
    string AreaName,
    string Level,
    IReadOnlyList<string> May
);

/// <param name="Exposed">The demo can be reached from other machines, so that anybody there can sign in as anybody.</param>
/// <param name="Time">The time that the demo has set for itself; null where it is the machine's.</param>
public sealed record DemoJson(bool Demo, bool Exposed, IReadOnlyList<DemoPersonJson> People, SetTimeJson? Time);

/// <param name="Pace">How many times faster than real time it passes.</param>
public sealed record SetTimeJson(DateTimeOffset Now, double Pace);

public sealed record DemoPersonJson(
    string Account,
    string Name,
    string Pack,
    string PackName,
    string PackNameEn,
    string Post,
    string PostName,
    string PostNameEn,
    string Area,
    string AreaName
);

/// <summary>Signing in and out.</summary>
public static class SessionEndpoints
{
    internal const string DeviceCookie = "gridactors-device";
    const string DevicePath = "/api";

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Session");
        group
            .MapPost("/session", SignIn)
            .AllowAnonymous()
            .WithSmallBody()
            .WithName("signIn")
            .WithSummary("Sign in")
            .WithDescription(
                "Answers a bearer token, and sets the same token as a cookie for browsers. "
                    + "In a demo, `demo: true` signs in an offered person."
            )
            .WithProblems(
                Problem.InvalidRequest,
                Problem.AmbiguousAccount,
                Problem.WrongCredentials,
                Problem.CodeNeeded,
                Problem.WrongCode,
                Problem.ProviderOnly,
                Problem.TooSlow,
                Problem.TooLarge,
                Problem.Locked,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown
            );
        group
            .MapDelete("/session", SignOut)
            .RequireAuthorization()
            .OpenBeforePasswordChange()
            .WithName("signOut")
            .WithSummary("Sign out")
            .WithDescription("The session is over on every process within a second.")
            .WithProblems(Problem.NotSignedIn, CaseRejections.OutcomeUnknown);
        group
            .MapGet("/me", GetMe)
            .RequireAuthorization()
            .OpenBeforePasswordChange()
            .OpenToKiosks()
            .WithName("getMe")
            .WithSummary("Get who you are, and your posts")
            .WithProblems(Problem.NotSignedIn);
        group
            .MapGet("/demo", GetDemo)
            .AllowAnonymous()
            .WithName("getDemo")
            .WithSummary("Get whether this is a demo, and whom it offers to sign in");
    }

    static MeJson GetMe(Caller caller, Accounts accounts, HttpContext context)
    {
        if (caller.IsKiosk)
            KioskSession.Keep(context, caller.Token);
        return Me(caller.Person, caller.Pack, accounts, caller.Session) with { Kiosk = caller.IsKiosk };
    }

    static DemoJson GetDemo(Accounts accounts, DemoExposure exposure, DemoPeople people, ServiceTime time) =>
        new(
            accounts.IsDemo,
            accounts.IsDemo && exposure.IsExposed,
            accounts.IsDemo ? people.Offered() : [],
            time.IsSet ? new(time.GetUtcNow(), time.Pace) : null
        );

    static async Task<Results<Ok<SignedInJson>, ProblemHttpResult>> SignIn(
        SignInRequest request,
        Accounts accounts,
        AccountOptions options,
        Storage.Accounts.Sessions sessions,
        Devices devices,
        SecondFactors factors,
        DemoPeople people,
        IPacks packs,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(request.Account))
            return Problem.Of(Problem.WrongCredentials, context);
        PersonId person;
        bool hasSecondFactor;
        if (request.Demo)
        {
            if (!accounts.IsDemo || people.Find(request.Account.Trim()) is not { } offered)
                return Problem.Of(Problem.WrongCredentials, context);
            // A demo asks for nothing when one of its people is chosen.
            (person, hasSecondFactor) = (offered, await factors.IsSet(offered, cancellationToken));
        }
        else
        {
            var (address, device) = (Origin.Address(context), context.Request.Cookies[DeviceCookie]);
            var attempt = new SignInAttempt(request.Account, request.Password ?? "", address, device) { Code = request.Code };
            var signIn = await accounts.SignIn(attempt, cancellationToken);
            if (signIn.Person is not { } signedIn)
                return Refuse(signIn, context);
            (person, hasSecondFactor) = (signedIn, signIn.HasSecondFactor);
            var remembered = await devices.Remember(person, address, device, cancellationToken);
            context.Response.Cookies.Append(DeviceCookie, remembered, Cookie(context, DevicePath, Devices.Remembered));
        }

        var (token, session) = await sessions.Begin(new(person, Origin.Of(context), hasSecondFactor), cancellationToken);
        context.Response.Cookies.Append(SessionHandler.Cookie, token, Cookie(context, "/", options.SessionLength));
        var current = packs.Current;
        var me = Me(current.Person(person)!, current.Pack(person.Pack)!, accounts, session);
        return TypedResults.Ok(new SignedInJson(token, session.ExpiresAt, me));
    }

    internal static CookieOptions Cookie(HttpContext context, string path, TimeSpan age) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            MaxAge = age,
            Path = SubPath.OfCookie(context, path),
            IsEssential = true,
        };

    /// <summary>Takes the session's cookie back: a browser finds it by its name and its path.</summary>
    internal static void Forget(HttpContext context) =>
        context.Response.Cookies.Delete(SessionHandler.Cookie, new() { Path = SubPath.OfCookie(context, "/") });

    internal static ProblemHttpResult Refuse(SignIn refused, HttpContext context)
    {
        if (refused.Refusal == SignInRefusal.Locked)
            return Locked(refused.RetryAfter, context);
        var code = refused.Refusal switch
        {
            SignInRefusal.Ambiguous => Problem.AmbiguousAccount,
            SignInRefusal.Busy => CaseRejections.Busy,
            SignInRefusal.CodeNeeded => Problem.CodeNeeded,
            SignInRefusal.WrongCode => Problem.WrongCode,
            SignInRefusal.ProviderOnly => Problem.ProviderOnly,
            _ => Problem.WrongCredentials,
        };
        return Problem.Of(code, context);
    }

    static ProblemHttpResult Locked(TimeSpan retryAfter, HttpContext context)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problem.Of(Problem.Locked, context, ("retryAfter", seconds));
    }

    static async Task<NoContent> SignOut(
        Caller caller,
        Storage.Accounts.Sessions sessions,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        await sessions.End(caller.Id, caller.Token, new(AccessKind.SignOut, caller.Id, caller.Address), cancellationToken);
        Forget(context);
        return TypedResults.NoContent();
    }

    static MeJson Me(PersonEntry person, LoadedPack pack, Accounts accounts, Session session) =>
        new(
            person.Id.Id,
            person.Name,
            new(pack.Pack.Id, pack.Pack.Name, pack.Pack.NameEn, pack.Pack.TimeZone),
            [
                .. person.Posts.Select(p => new PostJson(
                    p.Post.Id,
                    p.Post.Name,
                    p.Post.NameEn,
                    p.Area.Code,
                    p.Area.Name,
                    p.Area.Level.Id,
                    [.. p.Post.May.Select(ApiNames.Of)]
                )),
            ],
            person.Home?.Code,
            accounts.IsDemo,
            session.MustChangePassword,
            session.HasSecondFactor ? "on"
                : person.NeedsSecondFactor && !session.ByProvider ? "needed"
                : "off",
            session.ByProvider,
            Kiosk: false
        );
}
