using System.ComponentModel;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Storage.Time;
using GridActors.Web.Live;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Areas;

/// <summary>Calls about areas: the tree, posts, maps and boards.</summary>
public static class AreaEndpoints
{
    public static void MapAreas(this IEndpointRouteBuilder routes)
    {
        var areas = routes.MapGroup("/api/areas").RequireAuthorization().WithTags("Areas").WithProblems(Problem.NotSignedIn);
        areas
            .MapGet("/", Search)
            .WithName("searchAreas")
            .WithSummary("Search areas by name or code")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound);
        areas
            .MapGet("/at", At)
            .WithName("getAreaAt")
            .WithSummary("Get the area at a point")
            .WithDescription("The deepest area whose boundary contains the point.")
            .WithProblems(Problem.InvalidRequest, Problem.NoGridHere);
        areas.MapGet("/{code}", Get).OpenToKiosks().WithName("getArea").WithSummary("Get an area").WithProblems(CaseRejections.NotFound);
        areas
            .MapGet("/{code}/children", Children)
            .WithName("listChildAreas")
            .WithSummary("List the areas directly below an area")
            .WithProblems(CaseRejections.NotFound);
        areas
            .MapGet("/{code}/people", People)
            .WithName("listAreaPeople")
            .WithSummary("List who holds which post in an area")
            .WithDescription("For areas that your posts may read, and for those above your own posts.")
            .WithProblems(CaseRejections.NotYourArea, CaseRejections.NotFound);
        areas
            .MapGet("/{code}/map", Map)
            .OpenToKiosks()
            .WithName("getAreaMap")
            .WithSummary("Get the boundaries of the areas directly below an area")
            .WithDescription(
                "A GeoJSON FeatureCollection, without features when the pack has no boundaries. "
                    + "`schematic` is true when a generator drew them."
            )
            .Produces<AreaMapJson>(contentType: AreaMapJson.ContentType)
            .WithProblems(CaseRejections.NotFound);
        areas
            .MapGet("/{code}/board", Board)
            .OpenToKiosks()
            .WithName("getBoard")
            .WithSummary("Get the board of an area")
            .WithDescription(
                "The counts of the area and of each area below it, and the latest steps. "
                    + "The hub's `WatchArea` answers the same and keeps it live."
            )
            .WithProblems(CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
        areas
            .MapGet("/{code}/statistics", Statistics)
            .OpenToKiosks()
            .WithName("getStatistics")
            .WithSummary("Get the statistics of an area")
            .WithDescription(
                "Reports and closings by hour and day, open cases by category, and the cases that have waited longest for a claim."
            )
            .WithProblems(CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
        areas
            .MapGet("/{code}/time", Time)
            .OpenToKiosks()
            .WithName("getTimeUse")
            .WithSummary("Get where the working time of an area's cases goes")
            .WithDescription(
                "Which posts had the cases for how many minutes of office time: of the 300 open cases that were reported first, and of the "
                    + "300 that were closed last, within 30 days, without confidential ones. Counted anew every five minutes."
            )
            .WithProblems(CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
    }

    static Results<Ok<AreaJson>, ProblemHttpResult> Get(string code, Caller caller, HttpContext context) =>
        caller.Area(code) is { } area ? TypedResults.Ok(AreaJson.Of(area)) : Problem.Of(CaseRejections.NotFound, context);

    static Results<Ok<ListJson<AreaJson>>, ProblemHttpResult> Search(
        [Description("Part of the name or of the code.")] string? text,
        [Description("Code of the area to search in; by default all of the pack.")] string? under,
        [Description(Paging.LimitDescription)] int? limit,
        Caller caller,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var part = fields.Filter("text", text) ?? "";
        if (!fields.AreValid)
            return fields.Problem(context);
        var top = under is null ? caller.Pack.Root : caller.Area(under);
        if (top is null)
            return Problem.Of(CaseRejections.NotFound, context);
        var found = PackNames.Of(caller.Pack).Areas(part).Where(top.Contains).Take(Paging.Limit(limit));
        return TypedResults.Ok(new ListJson<AreaJson>([.. found.Select(AreaJson.Of)], null));
    }

    static Results<Ok<AreaJson>, ProblemHttpResult> At(
        [Description("Longitude, WGS 84.")] double lon,
        [Description("Latitude, WGS 84.")] double lat,
        Caller caller,
        AreaMaps maps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        fields.Degrees("lon", lon, 180);
        fields.Degrees("lat", lat, 90);
        // The framework skips commas in numbers: 113,5 would be 1135, and 2,7 would be 27.
        foreach (var name in new[] { "lon", "lat" }.Where(n => context.Request.Query[n].ToString().Contains(',', StringComparison.Ordinal)))
            fields.Wrong(name, "小数点应为“.”", "has a comma; write 113.5");
        if (!fields.AreValid)
            return fields.Problem(context);
        return maps.At(caller.Pack, new(lon, lat)) is { } area
            ? TypedResults.Ok(AreaJson.Of(area))
            : Problem.Of(Problem.NoGridHere, context);
    }

    static Results<Ok<ListJson<AreaJson>>, ProblemHttpResult> Children(string code, Caller caller, HttpContext context) =>
        caller.Area(code) is { } area
            ? TypedResults.Ok(new ListJson<AreaJson>([.. area.Children.Select(AreaJson.Of)], null))
            : Problem.Of(CaseRejections.NotFound, context);

    /// <summary>Allowed in the areas that the caller may read and in those above the caller's own posts.</summary>
    static Results<Ok<ListJson<HolderJson>>, ProblemHttpResult> People(string code, Caller caller, ServiceTime time, HttpContext context)
    {
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(area) && !caller.Person.Posts.Any(p => area.Contains(p.Area)))
            return Problem.Of(CaseRejections.NotYourArea, context);
        var now = time.GetUtcNow();
        var holders = area.Holders.Select(h => HolderJson.Of(caller.Pack, h.Person, h.Post, area, now));
        return TypedResults.Ok(new ListJson<HolderJson>([.. holders], null));
    }

    static Results<JsonHttpResult<AreaMapJson>, ProblemHttpResult> Map(string code, Caller caller, AreaMaps maps, HttpContext context) =>
        caller.Area(code) is { } area
            ? TypedResults.Json(maps.Children(caller.Pack, area), contentType: AreaMapJson.ContentType)
            : Problem.Of(CaseRejections.NotFound, context);

    static async Task<Results<Ok<BoardJson>, ProblemHttpResult>> Board(
        string code,
        Caller caller,
        IGrainFactory grains,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(area))
            return Problem.Of(CaseRejections.NotYourArea, context);
        var board = await ActorCalls.Call(grains.GetGrain<IAreaGrain>(area.Id.Key).Get, cancellationToken);
        AreaFrameJson? masked = null;
        return TypedResults.Ok(BoardJson.Of(AreaFrameJson.Of(board, caller.Pack).For(caller, ref masked), area, caller.Pack));
    }

    static async Task<Results<Ok<StatisticsJson>, ProblemHttpResult>> Statistics(
        string code,
        Caller caller,
        Statistics statistics,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(area))
            return Problem.Of(CaseRejections.NotYourArea, context);
        return TypedResults.Ok(await statistics.Of(area, caller.Pack).WaitAsync(cancellationToken));
    }

    static async Task<Results<Ok<TimeUseJson>, ProblemHttpResult>> Time(
        string code,
        Caller caller,
        TimeUse time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(area))
            return Problem.Of(CaseRejections.NotYourArea, context);
        return TypedResults.Ok(await time.Of(area, caller.Pack).WaitAsync(cancellationToken));
    }
}
