using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Places;
using GridActors.Domain.Households;
using GridActors.Storage.Households;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Places;

/// <summary>
/// Reveals of a place's masked values, such as the phone of who answers for a school. They are under the rules of those of households:
/// a purpose, a record before the answer, and one limit for both together.
/// </summary>
public static class PlaceRevealEndpoints
{
    static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> NoResidents =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    public static void MapPlaceReveals(this IEndpointRouteBuilder routes)
    {
        var places = routes
            .MapGroup("/api/places/{place}")
            .RequireAuthorization()
            .WithTags("Places")
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotFound,
                CaseRejections.NotPermitted,
                CaseRejections.Unavailable
            );
        places
            .MapPost("/reveal", Reveal)
            .CheckWriteHeaders()
            .WithName("revealPlace")
            .WithSummary("Reveal masked values of a place for a purpose")
            .WithDescription(
                "It is recorded who saw which values, for what and when, before they are answered. For a post that may reveal; so many an "
                    + "hour as the pack says, those of households included."
            )
            .WithProblems(Problem.RevealLimit);
        places
            .MapGet("/reveals", List)
            .WithName("listRevealsOfPlace")
            .WithSummary("List who had values of a place revealed")
            .WithDescription("For a post that may reveal values there.");
    }

    static async Task<Results<Ok<RevealedJson>, ProblemHttpResult>> Reveal(
        string place,
        PlaceRevealRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        PlaceStepHandler places,
        Reveals reveals,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var fields = Fields.Of(context);
        var purpose = RevealEndpoints.Purpose(fields, body.Purpose, rules);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (await places.Find(place, caller, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, view.Area, null);
        if (!access.MayReveal)
            return Problem.Of(CaseRejections.NotPermitted, context);

        // Its position is shown as one.
        var facts = view.Fields.Remove(PlaceView.PositionField);
        var shown = new HouseholdMask(rules, access).Revealed(SubjectKind.Place, facts, body.Fields);
        string[] revealed = [.. shown.Keys.Order(StringComparer.Ordinal)];
        var isRecorded = await reveals.RecordPlace(
            headers.OperationOf(
                caller.Id,
                new
                {
                    view.Id,
                    purpose,
                    revealed,
                }
            ),
            caller.Id,
            view.Area,
            view.Id,
            revealed,
            purpose,
            caller.Address,
            rules.Reveal,
            cancellationToken
        );
        return isRecorded ? TypedResults.Ok(new RevealedJson(shown, NoResidents)) : Problem.Of(Problem.RevealLimit, context);
    }

    static async Task<Results<Ok<ListJson<RevealJson>>, ProblemHttpResult>> List(
        string place,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        PlaceStepHandler places,
        Reveals reveals,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!Paging.TryRead(cursor, out var before))
            return Paging.Wrong(context);
        if (await places.Find(place, caller, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!HouseholdAccess.Of(caller.Pack, caller.Id, view.Area, null).MayReveal)
            return Problem.Of(CaseRejections.NotPermitted, context);
        var size = Paging.Limit(limit);
        var found = await reveals.List(new(caller.Pack.Pack.Id) { Place = view.Id, Before = before }, size + 1, cancellationToken);
        return TypedResults.Ok(Paging.Page(found, size, r => (r.At, r.Id), r => RevealJson.Of(r, caller.Pack)));
    }
}
