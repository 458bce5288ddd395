using System.ComponentModel.DataAnnotations;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Accounts;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Sessions;

public sealed record OpenKioskRequest([property: Required] string? Code);

/// <param name="Area">The area whose boards the screen may watch.</param>
public sealed record OpenedKioskJson(string Name, string Area);

/// <summary>Makes a browser a wall screen, with the code that an administrator was given for it.</summary>
public static class KioskSession
{
    /// <summary>Longer than browsers keep a cookie (400 days); each load of the page begins it anew.</summary>
    static readonly TimeSpan CookieAge = TimeSpan.FromDays(400);

    public static void MapKioskSession(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/kiosk", Open)
            .AllowAnonymous()
            .WithSmallBody()
            .WithTags("Session")
            .WithName("openKiosk")
            .WithSummary("Make this browser a wall screen")
            .WithDescription(
                "With the code of a kiosk, which works once. The session is in the cookie alone, and lasts until the kiosk is ended."
            )
            .WithProblems(Problem.InvalidRequest, Problem.WrongKioskCode, Problem.TooSlow, Problem.TooLarge, CaseRejections.OutcomeUnknown);

    static async Task<Results<Ok<OpenedKioskJson>, ProblemHttpResult>> Open(
        OpenKioskRequest request,
        Kiosks kiosks,
        IPacks packs,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var opened = await kiosks.Open(request.Code ?? "", Origin.Of(context), cancellationToken);
        if (opened is not { } taken || packs.Current.Area(taken.Kiosk.Area) is not { } area)
            return Problem.Of(Problem.WrongKioskCode, context);
        Keep(context, taken.Token);
        return TypedResults.Ok(new OpenedKioskJson(taken.Kiosk.Name, area.Code));
    }

    /// <summary>Puts the token into the browser's cookie, from now on for the longest time that it keeps one.</summary>
    internal static void Keep(HttpContext context, string token)
    {
        if (!SessionHandler.HasToken(context.Request))
            context.Response.Cookies.Append(SessionHandler.Cookie, token, SessionEndpoints.Cookie(context, "/", CookieAge));
    }
}
