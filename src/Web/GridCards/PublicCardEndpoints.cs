using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.GridCards;
using GridActors.Web.Problems;
using GridActors.Web.Registrations;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.GridCards;

/// <summary>
/// Scan to find the grid, scan to find the person: what a code at a door opens, without an account. The code comes in the body, so that it
/// stands in no log of addresses.
/// </summary>
static class PublicCardEndpoints
{
    const int MaxBody = 1024;

    public static void MapPublicCards(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/public/grid-cards", Open)
            .AllowAnonymous()
            .WithSmallBody(MaxBody)
            .WithTags("GridCards")
            .WithName("openGridCard")
            .WithSummary("Get what residents see of their grid, by a printed code")
            .WithDescription(
                "Needs no session. The grid's name, whom residents turn to as far as that was entered to be shown, and the office hours; "
                    + "nothing of who is away, where somebody is, or who lives there."
            )
            .WithProblems(
                Problem.InvalidRequest,
                Problem.TooManyRequests,
                Problem.TooLarge,
                Problem.TooSlow,
                CaseRejections.NotFound,
                CaseRejections.Unavailable
            );

    static async Task<Results<Ok<GridCardJson>, ProblemHttpResult>> Open(
        OpenCardRequest body,
        PublicCalls calls,
        CardCodes codes,
        CardReader reader,
        ShownCards shown,
        RegistrationDoorkeeper doors,
        IPacks packs,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!calls.Take(context))
            return Problem.Of(Problem.TooManyRequests, context);
        if (!RegistrationSecrets.IsOne(body.Code))
            return Problem.Of(CaseRejections.NotFound, context);
        if (shown.Of(body.Code!, code => packs.Current.PackOf(code.Area)) is var (kept, card))
            return calls.Take(kept.Id) ? TypedResults.Ok(card) : Problem.Of(Problem.TooManyRequests, context);
        if (
            await codes.Find(body.Code!, cancellationToken) is not { } code
            || packs.Current.PackOf(code.Area) is not { } pack
            || pack.Areas.GetValueOrDefault(code.Area.Code) is not { } area
        )
            return Problem.Of(CaseRejections.NotFound, context);
        if (!calls.Take(code.Id))
            return Problem.Of(Problem.TooManyRequests, context);
        var registers = code.Registers && doors.IsOn(pack);
        var (made, _) = await reader.Read(pack, area, registers, cancellationToken);
        shown.Keep(code, pack, made);
        return TypedResults.Ok(made);
    }
}
