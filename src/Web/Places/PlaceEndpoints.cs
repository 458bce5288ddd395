using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Storage.Households;
using GridActors.Storage.Places;
using GridActors.Web.Areas;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Places;

/// <summary>
/// Buildings, units, dwellings, key places and organisations: lists, one with its history and with who lives there. Whoever may read the
/// households of an area may read its places, and nobody else.
/// </summary>
public static class PlaceEndpoints
{
    /// <summary>A worker's own places: a phone has all of them.</summary>
    const int MaxMine = 3000;
    const int MaxContents = 1000;
    const int MaxStays = 1000;

    public static void MapPlaces(this IEndpointRouteBuilder routes)
    {
        var places = routes
            .MapGroup("/api/places")
            .RequireAuthorization()
            .WithTags("Places")
            .WithProblems(Problem.NotSignedIn, HouseholdRejections.NoHouseholds, CaseRejections.Unavailable);
        places
            .MapGet("/", List)
            .WithName("listPlaces")
            .WithSummary("List the places of an area and everything below it")
            .WithDescription("In the order in which they were registered. For a post that may read households.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotYourArea, CaseRejections.NotFound);
        places
            .MapGet("/mine", Mine)
            .WithName("listMyPlaces")
            .WithSummary("List the places of the areas to whose households you are linked");
        places.MapGet("/{place}", Get).WithName("getPlace").WithSummary("Get a place").WithProblems(CaseRejections.NotFound);
        places
            .MapGet("/{place}/contents", Contents)
            .WithName("listPlaceContents")
            .WithSummary("List everything that belongs to a place")
            .WithDescription("Of a building its units, and their dwellings: those that are in use.")
            .WithProblems(CaseRejections.NotFound);
        places
            .MapGet("/{place}/history", History)
            .WithName("getPlaceHistory")
            .WithSummary("List what happened to a place")
            .WithDescription("Who did what and when, and which fields changed; not their values.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound);
        places
            .MapGet("/{place}/households", Stays)
            .WithName("listPlaceHouseholds")
            .WithSummary("List the households that live or lived in a place, or in what belongs to it")
            .WithDescription("Those that live there come first, then those that left last. Only households that the caller may see.")
            .WithProblems(CaseRejections.NotFound);
        routes
            .MapGet("/api/areas/{code}/places/summary", Summary)
            .RequireAuthorization()
            .WithTags("Places")
            .WithName("getPlaceSummary")
            .WithSummary("Count the places of an area and everything below it")
            .WithProblems(
                Problem.NotSignedIn,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotYourArea,
                CaseRejections.NotFound,
                CaseRejections.Unavailable
            );
    }

    static async Task<Results<Ok<ListJson<PlaceItemJson>>, ProblemHttpResult>> List(
        [AsParameters] PlaceListQuery query,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        PlaceStepHandler steps,
        PlaceQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var cutoffs = steps.Cutoffs(caller);
        var (filter, text, problem) = query.Read(caller, cursor, cutoffs, context);
        if (filter is null)
            return problem!;
        var size = Paging.Limit(limit);
        if (text.Length > 0)
        {
            var found = await queries.Search(filter with { Limit = size }, caller.Pack.Pack.Id, text, cancellationToken);
            return TypedResults.Ok(new ListJson<PlaceItemJson>([.. found.Select(r => PlaceItemJson.Of(r, caller, cutoffs))], null));
        }
        var rows = await queries.List(filter with { Limit = size + 1 }, cancellationToken);
        return TypedResults.Ok(Paging.Page(rows, size, r => (r.CreatedAt, r.Id), r => PlaceItemJson.Of(r, caller, cutoffs)));
    }

    static async Task<Results<Ok<ListJson<PlaceItemJson>>, ProblemHttpResult>> Mine(
        Caller caller,
        PlaceStepHandler steps,
        PlaceQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var (areas, cutoffs) = (caller.Pack.LinkedTo(caller.Id), steps.Cutoffs(caller));
        var rows = await queries.List(new([.. areas.Select(a => a.Id.Key)]) { Limit = MaxMine }, cancellationToken);
        return TypedResults.Ok(new ListJson<PlaceItemJson>([.. rows.Select(r => PlaceItemJson.Of(r, caller, cutoffs))], null));
    }

    static async Task<Results<Ok<PlaceDetailsJson>, ProblemHttpResult>> Get(
        string place,
        Caller caller,
        PlaceStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await steps.Find(place, caller, cancellationToken) is { } view
            ? TypedResults.Ok(await steps.Json(view, caller, context, cancellationToken))
            : Problem.Of(CaseRejections.NotFound, context);

    static async Task<Results<Ok<ListJson<PlaceItemJson>>, ProblemHttpResult>> Contents(
        string place,
        Caller caller,
        PlaceStepHandler steps,
        PlaceQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await steps.Find(place, caller, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var cutoffs = steps.Cutoffs(caller);
        // What hasn't followed the place into another area yet isn't shown to whoever may only see that one.
        var rows = (await queries.Contents(view.Id, MaxContents, cancellationToken)).Where(r =>
            HouseholdAccess.Of(caller.Pack, caller.Id, r.Area, null).MaySee
        );
        return TypedResults.Ok(new ListJson<PlaceItemJson>([.. rows.Select(r => PlaceItemJson.Of(r, caller, cutoffs))], null));
    }

    static async Task<Results<Ok<ListJson<PlaceStepJson>>, ProblemHttpResult>> History(
        string place,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        PlaceStepHandler steps,
        PlaceHistory history,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!Paging.TryReadStep(cursor, out var after))
            return Paging.Wrong(context);
        if (await steps.Find(place, caller, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var size = Paging.Limit(limit);
        var found = await history.Of(view.Id, after, size + 1, cancellationToken);
        var next = found.Count > size ? Paging.StepCursor(found[size - 1].Sequence) : null;
        return TypedResults.Ok(new ListJson<PlaceStepJson>([.. found.Take(size).Select(s => PlaceStepJson.Of(s, view, caller))], next));
    }

    static async Task<Results<Ok<ListJson<StayJson>>, ProblemHttpResult>> Stays(
        string place,
        Caller caller,
        PlaceStepHandler steps,
        PlaceHistory history,
        HouseholdQueries households,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await steps.Find(place, caller, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var stays = await history.Stays(view.Id, MaxStays, cancellationToken);
        var rows = await households.Of([.. stays.Select(s => s.Household).Distinct()], cancellationToken);
        // Where a household lives now can be elsewhere than the place: who may see the one needn't see the other.
        var seen = rows.Where(r => HouseholdAccess.Of(caller.Pack, caller.Id, r.Area, r.Worker).MaySee)
            .ToDictionary(r => r.Id, r => HouseholdItemJson.Of(r, caller));
        return TypedResults.Ok(
            new ListJson<StayJson>(
                [
                    .. stays
                        .Where(s => seen.ContainsKey(s.Household))
                        .Select(s => new StayJson(s.Place.ToString("N"), s.Since, s.Until, seen[s.Household])),
                ],
                null
            )
        );
    }

    static async Task<Results<Ok<PlaceSummaryJson>, ProblemHttpResult>> Summary(
        string code,
        Caller caller,
        PlaceStepHandler steps,
        PlaceQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = HouseholdListQuery.Under(code, caller, context);
        if (under is null)
            return problem!;
        var summary = await queries.Summarize(under.Id.Pack, under.Left, under.Right, steps.Cutoffs(caller), cancellationToken);
        return TypedResults.Ok(PlaceSummaryJson.Of(summary, under, caller.Pack.Pack.Households!));
    }
}
