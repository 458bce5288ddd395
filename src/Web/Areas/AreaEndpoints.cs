using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Areas;

/// <summary>The tree, its posts, its maps, its boards.</summary>
public static class AreaEndpoints
{
    public static void MapAreas(this IEndpointRouteBuilder routes)
    {
        var areas = routes.MapGroup("/api/areas").RequireAuthorization().WithProblems(401, 403, 404, 503);
        areas.MapGet("/", Search);
        areas.MapGet("/at", At);
        areas.MapGet("/{code}", (string code, Caller caller, HttpContext context) => Found(caller.Area(code), context));
        areas.MapGet("/{code}/children", Children);
        areas.MapGet("/{code}/people", People);
        areas.MapGet("/{code}/map", Map);
        areas.MapGet("/{code}/board", Board);
        areas.MapGet("/{code}/statistics", Statistics);
    }

    static Results<Ok<AreaJson>, ProblemHttpResult> Found(AreaNode? area, HttpContext context, string otherwise = CaseRejections.NotFound) =>
        area is null ? Problem.Of(otherwise, context) : TypedResults.Ok(AreaJson.Of(area));

    static Results<Ok<ListJson<AreaJson>>, ProblemHttpResult> Search(string? text, string? under, int? limit, Caller caller, HttpContext context)
    {
        var top = under is null ? caller.Pack.Root : caller.Area(under);
        if (top is null) return Problem.Of(CaseRejections.NotFound, context);
        var wanted = text?.Trim() ?? "";
        var found = caller.Pack.Areas.Values
            .Where(a => top.Contains(a) && (a.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase) || a.Code.Contains(wanted, StringComparison.Ordinal)))
            .OrderBy(a => a.Left).Take(Paging.Limit(limit));
        return TypedResults.Ok(new ListJson<AreaJson>([.. found.Select(AreaJson.Of)], null));
    }

    static Results<Ok<AreaJson>, ProblemHttpResult> At(double lon, double lat, Caller caller, AreaMaps maps, HttpContext context) =>
        Found(maps.At(caller.Pack, new(lon, lat)), context, Problem.NoGridHere);

    static Results<Ok<ListJson<AreaJson>>, ProblemHttpResult> Children(string code, Caller caller, HttpContext context) =>
        caller.Area(code) is { } area
            ? TypedResults.Ok(new ListJson<AreaJson>([.. area.Children.Select(AreaJson.Of)], null))
            : Problem.Of(CaseRejections.NotFound, context);

    /// <summary>Who holds which post: where the caller reads, and up the caller's own line.</summary>
    static Results<Ok<ListJson<HolderJson>>, ProblemHttpResult> People(string code, Caller caller, HttpContext context)
    {
        if (caller.Area(code) is not { } area) return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(area) && !caller.Person.Posts.Any(p => area.Contains(p.Area))) return Problem.Of(CaseRejections.NotYourArea, context);
        return TypedResults.Ok(new ListJson<HolderJson>([.. area.Holders.Select(h => HolderJson.Of(caller.Pack, h.Person, h.Post, area))], null));
    }

    static Results<ContentHttpResult, ProblemHttpResult> Map(string code, Caller caller, AreaMaps maps, HttpContext context) =>
        caller.Area(code) is { } area
            ? TypedResults.Content(maps.Children(caller.Pack, area), "application/geo+json")
            : Problem.Of(CaseRejections.NotFound, context);

    static async Task<Results<Ok<BoardJson>, ProblemHttpResult>> Board(string code, Caller caller, IGrainFactory grains, HttpContext context, CancellationToken cancellationToken)
    {
        if (caller.Area(code) is not { } area) return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(area)) return Problem.Of(CaseRejections.NotYourArea, context);
        return TypedResults.Ok(BoardJson.Of(await grains.GetGrain<IAreaGrain>(area.Id.Key).Get(cancellationToken), area, caller.Pack));
    }

    static async Task<Results<Ok<StatisticsJson>, ProblemHttpResult>> Statistics(
        string code, Caller caller, Statistics statistics, HttpContext context, CancellationToken cancellationToken)
    {
        if (caller.Area(code) is not { } area) return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(area)) return Problem.Of(CaseRejections.NotYourArea, context);
        return TypedResults.Ok(await statistics.Of(area, caller.Pack).WaitAsync(cancellationToken));
    }
}
