using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Households;
using GridActors.Storage.SubjectRequests;
using GridActors.Web.Administration;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.SubjectRequests;

/// <summary>What a resident is told who asks, and what an erasure would leave: both made of facts when they are asked for.</summary>
static class ResidentSheetEndpoints
{
    /// <summary>More steps than a household has, and more reveals than anybody reads.</summary>
    const int MaxSteps = 5_000;
    const int MaxReveals = 1_000;

    public static void MapResidentSheets(this IEndpointRouteBuilder routes)
    {
        var resident = routes
            .MapGroup("/api/households/{household}/residents/{resident}")
            .RequireAuthorization()
            .WithTags("Households")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotFound, CaseRejections.NotPermitted, CaseRejections.Unavailable);
        resident
            .MapGet("/sheet", Sheet)
            .WithName("getResidentSheet")
            .WithSummary("Get what is kept of a resident, why, since when, and who saw it")
            .WithDescription("The answer to a resident who asks. For a post that may edit or reveal households there, or administer.");
        resident
            .MapGet("/impact", Impact)
            .WithName("getErasureImpact")
            .WithSummary("Get what would remain of a resident who is erased, and why")
            .WithDescription("For a post that may edit households there, or administer.");
    }

    static async Task<Results<Ok<ResidentSheetJson>, ProblemHttpResult>> Sheet(
        string household,
        string resident,
        Caller caller,
        GrainReferences<IHouseholdGrain> households,
        HouseholdHistory history,
        Reveals reveals,
        ResidentTraces traces,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, one, problem) = await Find(household, resident, caller, households, context, cancellationToken);
        if (view is null || one is null)
            return problem!;
        access.Administration(caller, "resident-sheet");
        var steps = await history.Of(view.Id, 0, MaxSteps, cancellationToken);
        var seen = await reveals.List(new(caller.Pack.Pack.Id) { Resident = one.Id }, MaxReveals, cancellationToken);
        var found = await traces.Of(caller.Pack.Pack.Id, view.Id, one.Id, view.CreatedAt, cancellationToken);
        return TypedResults.Ok(ResidentSheet.Of(view, one, steps, seen, found, caller));
    }

    static async Task<Results<Ok<ErasureImpactJson>, ProblemHttpResult>> Impact(
        string household,
        string resident,
        Caller caller,
        GrainReferences<IHouseholdGrain> households,
        HouseholdHistory history,
        Reveals reveals,
        SubjectRequestQueries requests,
        ResidentTraces traces,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, one, problem) = await Find(household, resident, caller, households, context, cancellationToken);
        if (view is null || one is null)
            return problem!;
        var steps = await history.Of(view.Id, 0, MaxSteps, cancellationToken);
        var seen = await reveals.List(new(caller.Pack.Pack.Id) { Resident = one.Id }, MaxReveals, cancellationToken);
        var asked = await requests.List(new(caller.Pack.Pack.Id, [view.Area.Key]) { Resident = one.Id }, MaxReveals, cancellationToken);
        var found = await traces.Of(caller.Pack.Pack.Id, view.Id, one.Id, view.CreatedAt, cancellationToken);
        return TypedResults.Ok(ResidentSheet.Impact(view, one, steps, seen.Count, asked.Count, found, caller.Pack.Pack.Households!));
    }

    static async Task<(HouseholdView? Household, ResidentView? Resident, ProblemHttpResult? Problem)> Find(
        string household,
        string resident,
        Caller caller,
        GrainReferences<IHouseholdGrain> households,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            caller.Pack.Pack.Households is null
            || !Guid.TryParseExact(resident, "N", out var id)
            || await HouseholdEndpoints.Find(household, caller, households, cancellationToken) is not { } view
            || view.Resident(id) is not { } found
            || caller.Pack.StandIn(view.Area.Code) is not { } area
        )
            return (null, null, Problem.Of(CaseRejections.NotFound, context));
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, view.Area, view.Worker);
        return access.MayEdit || access.MayReveal || caller.Person.Over(area).Has(Permission.Administer)
            ? (view, found, null)
            : (null, null, Problem.Of(CaseRejections.NotPermitted, context));
    }
}
