using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Storage.Areas;
using GridActors.Storage.Households;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Households;

/// <summary>Households and residents: lists, searches, one with its history, and what the pack's rules are.</summary>
public static class HouseholdEndpoints
{
    /// <summary>A worker's own households: a phone has all of them, and searches among them without a call.</summary>
    const int MaxMine = 2000;
    const int MaxMyResidents = 20_000;
    const int MaxFound = 50;

    public static void MapHouseholds(this IEndpointRouteBuilder routes)
    {
        var households = routes
            .MapGroup("/api/households")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Households")
            .WithProblems(Problem.NotSignedIn, HouseholdRejections.NoHouseholds);
        households
            .MapGet("/", List)
            .WithName("listHouseholds")
            .WithSummary("List the households of an area and everything below it")
            .WithDescription(
                "Personal values are masked, but for those who are linked to the household. For a post that may read households."
            )
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
        households
            .MapGet("/mine", Mine)
            .WithName("listMyHouseholds")
            .WithSummary("List the households that you are linked to, with name, address and phone in full")
            .WithProblems(CaseRejections.Unavailable);
        households
            .MapGet("/mine/residents", MyResidents)
            .WithName("listMyResidents")
            .WithSummary("List who lives in the households that you are linked to beside their heads, with name and phone in full")
            .WithDescription("For a search on the phone, also without a signal.")
            .WithProblems(CaseRejections.Unavailable);
        households
            .MapGet("/rules", Rules)
            .WithName("getHouseholdRules")
            .WithSummary("Get the fields, code lists, special groups, certificates and purposes of the pack")
            .WithDescription("For forms: what they ask, in which order, and which codes they offer.");
        households
            .MapGet("/{household}", Get)
            .WithName("getHousehold")
            .WithSummary("Get a household with its residents")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        households
            .MapGet("/{household}/history", History)
            .WithName("getHouseholdHistory")
            .WithSummary("List what happened to a household")
            .WithDescription("Who did what and when, and which fields changed; not their values.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.Unavailable);
        routes
            .MapPost("/api/residents/search", Search)
            .RequireAuthorization()
            .WithTags("Households")
            .WithName("searchResidents")
            .WithSummary("Find residents by name, initials, number, phone or plate")
            .WithDescription(
                "It is a POST so that nothing personal stands in an address. Finds whole numbers and phones, the last four digits of a "
                    + "phone, any part of a name, and the initials of its pinyin. Answers 50 at most, masked."
            )
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotYourArea,
                CaseRejections.NotFound,
                CaseRejections.Unavailable
            );
        routes
            .MapGet("/api/areas/{code}/households/summary", Summary)
            .RequireAuthorization()
            .WithTags("Households")
            .WithName("getHouseholdSummary")
            .WithSummary("Count the households and residents of an area and everything below it")
            .WithProblems(
                Problem.NotSignedIn,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotYourArea,
                CaseRejections.NotFound,
                CaseRejections.Unavailable
            );
    }

    static async Task<Results<Ok<HouseholdListJson>, ProblemHttpResult>> List(
        [AsParameters] HouseholdListQuery query,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        HouseholdQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (filter, problem) = query.Read(caller, cursor, clock.GetUtcNow(), context);
        if (filter is null)
            return problem!;
        var size = Paging.Limit(limit);
        var (rows, counted) = await queries.List(filter with { Limit = size + 1 }, cancellationToken);
        var page = Paging.Page(rows, size, r => (r.CreatedAt, r.Id), r => HouseholdItemJson.Of(r, caller));
        return TypedResults.Ok(
            new HouseholdListJson(
                page.Items,
                page.Next,
                counted is { } total ? Math.Min(total, HouseholdQueries.CountedAtMost) : null,
                counted is null ? null : counted <= HouseholdQueries.CountedAtMost
            )
        );
    }

    static async Task<Results<Ok<ListJson<HouseholdItemJson>>, ProblemHttpResult>> Mine(
        Caller caller,
        HouseholdQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var (rows, _) = await queries.List(LinkedTo(caller, MaxMine), cancellationToken);
        return TypedResults.Ok(new ListJson<HouseholdItemJson>([.. rows.Select(r => HouseholdItemJson.Of(r, caller))], null));
    }

    static async Task<Results<Ok<ListJson<OtherResidentJson>>, ProblemHttpResult>> MyResidents(
        Caller caller,
        HouseholdQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var others = await queries.Others(LinkedTo(caller, MaxMyResidents), cancellationToken);
        return TypedResults.Ok(new ListJson<OtherResidentJson>([.. others.Select(o => OtherResidentJson.Of(o, rules, caller))], null));
    }

    static HouseholdFilter LinkedTo(Caller caller, int limit) =>
        new([.. caller.Pack.LinkedTo(caller.Id).SelectMany(a => a.WithFormer).Select(a => a.Key)])
        {
            Status = HouseholdStatus.Living,
            LinkedTo = caller.Id,
            Limit = limit,
        };

    static Results<Ok<HouseholdRulesJson>, ProblemHttpResult> Rules(Caller caller, HttpContext context) =>
        caller.Pack.Pack.Households is { } rules
            ? TypedResults.Ok(HouseholdRulesJson.Of(rules, caller))
            : Problem.Of(HouseholdRejections.NoHouseholds, context);

    static async Task<Results<Ok<HouseholdJson>, ProblemHttpResult>> Get(
        string household,
        Caller caller,
        HouseholdStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await steps.Find(household, caller, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        return steps.Shown(view, caller, context);
    }

    static async Task<Results<Ok<ListJson<HouseholdStepJson>>, ProblemHttpResult>> History(
        string household,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        GrainReferences<IHouseholdGrain> households,
        HouseholdHistory history,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!Paging.TryReadStep(cursor, out var after))
            return Paging.Wrong(context);
        if (await Find(household, caller, households, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var size = Paging.Limit(limit);
        var steps = await history.Of(view.Id, after, size + 1, cancellationToken);
        var next = steps.Count > size ? Paging.StepCursor(steps[size - 1].Sequence) : null;
        return TypedResults.Ok(
            new ListJson<HouseholdStepJson>([.. steps.Take(size).Select(s => HouseholdStepJson.Of(s, view, caller))], next)
        );
    }

    static async Task<Results<Ok<ListJson<FoundResidentJson>>, ProblemHttpResult>> Search(
        ResidentSearchRequest body,
        Caller caller,
        HouseholdQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var text = fields.Text("text", body.Text, 70);
        if (!fields.AreValid)
            return fields.Problem(context);
        var (under, problem) = HouseholdListQuery.Under(body.Area, caller, context);
        if (under is null)
            return problem!;
        var found = await queries.Search(
            [.. under.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)],
            queries.QueryOf(caller.Pack.Pack.Id, text),
            MaxFound,
            cancellationToken
        );
        return TypedResults.Ok(new ListJson<FoundResidentJson>([.. found.Select(f => FoundResidentJson.Of(f, caller))], null));
    }

    static async Task<Results<Ok<HouseholdSummaryJson>, ProblemHttpResult>> Summary(
        string code,
        Caller caller,
        HouseholdQueries queries,
        HouseholdCountQueries counts,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = HouseholdListQuery.Under(code, caller, context);
        if (under is null)
            return problem!;
        var moments = HouseholdMoments.Of(caller.Pack, caller.Pack.Day(clock.GetUtcNow()))!.Value;
        var own = await counts.Own([.. under.Downwards().Select(a => (a, moments))], cancellationToken);
        var groups = await queries.Groups(under.Id.Pack, under.Left, under.Right, cancellationToken);
        var summary = new HouseholdSummary(HouseholdCountQueries.Sum(own, under), groups);
        return TypedResults.Ok(HouseholdSummaryJson.Of(summary, under, caller));
    }

    /// <summary>The household as its actor has it; null when there is none, or the caller may not see it.</summary>
    internal static async Task<HouseholdView?> Find(
        string id,
        Caller caller,
        GrainReferences<IHouseholdGrain> households,
        CancellationToken cancellationToken
    )
    {
        if (!Guid.TryParseExact(id, "N", out var guid))
            return null;
        var actor = households.Of(guid);
        return (await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken)).Household;
    }
}
