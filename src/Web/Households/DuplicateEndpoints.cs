using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Households;
using GridActors.Storage.Time;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Households;

/// <summary>Residents who may be registered twice: listed side by side, made one, or remembered as two.</summary>
static class DuplicateEndpoints
{
    /// <summary>More than anybody looks through; what is decided makes room for others.</summary>
    const int MaxListed = 100;

    public static void MapDuplicateResidents(this IEndpointRouteBuilder routes)
    {
        var duplicates = routes
            .MapGroup("/api/households/duplicates")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Households")
            .WithProblems(Problem.NotSignedIn, HouseholdRejections.NoHouseholds, CaseRejections.Unavailable);
        duplicates
            .MapGet("/", List)
            .WithName("listDuplicateResidents")
            .WithSummary("List residents of an area and everything below it who may be registered twice")
            .WithDescription(
                "By the number of the certificate, or by the name with the date of birth or the phone. Of somebody where the caller may "
                    + "not read it is only told that there is one. Without those whom somebody found to be two people. 100 at most."
            )
            .WithProblems(CaseRejections.NotYourArea, CaseRejections.NotFound);
        duplicates
            .MapPost("/merge", Merge)
            .WithName("mergeResidents")
            .WithSummary("Make two records of one person one")
            .WithDescription(
                "What the record that is kept lacks goes over to it; the other one ends, and names it. For a post that may edit both "
                    + "households. Answers the household of the record that is kept."
            )
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.NotPermitted,
                HouseholdRejections.NotAResident,
                HouseholdRejections.WrongTarget,
                CaseRejections.KeyReused
            );
        duplicates
            .MapPost("/distinct", Distinguish)
            .WithName("distinguishResidents")
            .WithSummary("Remember that two who look like one person are two")
            .WithDescription("For a post that may edit the household of one of them.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotPermitted);
    }

    static async Task<Results<Ok<DuplicateListJson>, ProblemHttpResult>> List(
        [Description("Code of the area; by default the caller's home.")] string? area,
        Caller caller,
        HouseholdStepHandler steps,
        DuplicateResidents duplicates,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = HouseholdListQuery.Under(area, caller, context);
        if (under is null)
            return problem!;
        var pairs = await duplicates.In(
            under.Id.Pack,
            [.. under.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)],
            MaxListed + 1,
            cancellationToken
        );
        var households = new Dictionary<Guid, HouseholdView?>();
        var items = new List<DuplicateJson>();
        foreach (var pair in pairs.Where(p => Likenesses.IsTold(p, caller)).Take(MaxListed))
        {
            var (one, other) = (await Shown(pair.One), await Shown(pair.Other));
            if ((one ?? other) is { } shown)
                items.Add(
                    new(
                        Likenesses.Of(pair.By),
                        shown,
                        one is null ? null : other,
                        one is null || other is null ? [] : Likenesses.Same(pair)
                    )
                );
        }
        return TypedResults.Ok(new DuplicateListJson(items, pairs.Count <= MaxListed));

        async Task<LikeResidentJson?> Shown(LikeResident resident)
        {
            if (!households.TryGetValue(resident.Household, out var view))
                households[resident.Household] = view = await steps.Find(resident.Household.ToString("N"), caller, cancellationToken);
            return view is null ? null : Likenesses.Of(resident, view, caller);
        }
    }

    static async Task<Results<Ok<HouseholdJson>, ProblemHttpResult>> Merge(
        MergeResidentsRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (steps.Reader(caller, context) is not var (fields, reader))
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var keep = reader.Id("keep", body.Keep, required: true) ?? default;
        var resident = reader.Id("resident", body.Resident, required: true) ?? default;
        if (!fields.AreValid)
            return fields.Problem(context);
        var kept = await steps.Find(body.KeepHousehold ?? "", caller, cancellationToken);
        var other = await steps.Find(body.Household ?? "", caller, cancellationToken);
        if (kept?.Resident(keep) is not { } one || other?.Resident(resident) is not { } two || keep == resident)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!MayEdit(caller, kept) || !MayEdit(caller, other))
            return Problem.Of(CaseRejections.NotPermitted, context);
        var merge = new MergeResident
        {
            By = caller.Id,
            Resident = resident,
            Into = keep,
            IntoHousehold = kept.Id,
        };
        if (!one.IsLiving)
            return Problem.Of(HouseholdRejections.NotAResident, context);
        // What is missing goes over first: a merge that fails afterwards has lost nothing.
        if (two.IsLiving && Likenesses.Missing(one, two, caller, k => headers.NewId(caller.Id, k)) is { } missing)
        {
            var completed = await steps.Submit(
                kept.Id,
                missing with
                {
                    Operation = headers.OperationOf(caller.Id, new { merge.Resident, merge.Into }),
                }
            );
            if (completed.Rejection is { } refused)
                return Problem.Of(refused, context);
        }
        var merged = await steps.Submit(other.Id, merge with { Operation = headers.OperationOf(caller.Id, merge) });
        if (merged.Rejection is { } rejection)
            return Problem.Of(rejection, context);
        return await steps.Find(kept.Id.ToString("N"), caller, cancellationToken) is { } view
            ? steps.Shown(view, caller, context)
            : Problem.Of(CaseRejections.NotFound, context);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Distinguish(
        DistinguishRequest body,
        Caller caller,
        HouseholdStepHandler steps,
        DuplicateResidents duplicates,
        ServiceTime time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (steps.Reader(caller, context) is not var (fields, reader))
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var one = reader.Id("one", body.One, required: true) ?? default;
        var other = reader.Id("other", body.Other, required: true) ?? default;
        if (!fields.AreValid)
            return fields.Problem(context);
        var areas = await duplicates.AreasOf([one, other], cancellationToken);
        var mayDecide =
            one != other
            && areas.Any(a =>
                a.Pack == caller.Id.Pack
                && caller.Pack.StandIn(a.Code) is { } node
                && caller.Person.Over(node).Has(Permission.EditHouseholds)
            );
        if (!mayDecide)
            return Problem.Of(CaseRejections.NotPermitted, context);
        await duplicates.Distinguish(one, other, caller.Id, time.GetUtcNow(), cancellationToken);
        return TypedResults.NoContent();
    }

    static bool MayEdit(Caller caller, HouseholdView view) =>
        caller.Pack.StandIn(view.Area.Code) is { } node && caller.Person.Over(node).Has(Permission.EditHouseholds);
}
