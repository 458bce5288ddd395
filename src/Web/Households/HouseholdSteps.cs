using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using HouseholdResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.Households.HouseholdJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Households;

/// <summary>What can be done with a household.</summary>
static class HouseholdSteps
{
    internal const int MaxReason = 500;

    public static void MapHouseholdSteps(this IEndpointRouteBuilder routes)
    {
        var households = routes
            .MapGroup("/api/households")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Households")
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotFound,
                CaseRejections.NotPermitted,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.Unavailable,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        households
            .MapPost("/", Create)
            .WithName("createHousehold")
            .WithSummary("Register a household with its residents")
            .WithProblems(CaseRejections.NotYourArea, HouseholdRejections.TwoHeads, HouseholdRejections.TooManyResidents);
        var steps = households.MapGroup("/{household}").WithProblems(CaseRejections.StaleVersion, HouseholdRejections.Merged);
        steps.MapPatch("/", Correct).WithName("correctHousehold").WithSummary("Correct what is known of a household");
        steps
            .MapPost("/confirm", Confirm)
            .WithName("confirmHousehold")
            .WithSummary("Say that the facts of a household were looked at and are right");
        steps
            .MapPost("/move", Move)
            .WithName("moveHousehold")
            .WithSummary("Move a whole household to another area or dwelling")
            .WithProblems(HouseholdRejections.WrongTarget);
        steps.MapResidentSteps();
        steps
            .MapPost("/split", Split)
            .WithName("splitHousehold")
            .WithSummary("Make a new household of some residents")
            .WithDescription("Answers the new household.")
            .WithProblems(HouseholdRejections.NotAResident, HouseholdRejections.HeadLeaves, HouseholdRejections.WrongTarget);
        steps
            .MapPost("/merge", Merge)
            .WithName("mergeHousehold")
            .WithSummary("Bring everybody into another household, because both are one")
            .WithDescription("Answers the other household.")
            .WithProblems(HouseholdRejections.WrongTarget);
    }

    static async Task<Results<Created<HouseholdJson>, ProblemHttpResult>> Create(
        HouseholdRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (steps.Reader(caller, context) is not var (fields, reader))
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var code = fields.Text("area", body.Area, 40);
        var residents = (body.Residents ?? []).Select(
            (r, i) =>
                reader.Resident(
                    $"residents[{i}]",
                    headers.NewId(caller.Id, $"resident {i}"),
                    r,
                    c => headers.NewId(caller.Id, $"certificate {i} {c}")
                )
        );
        var worker = fields.Filter("worker", body.Worker);
        if (worker is not null && !caller.Pack.People.ContainsKey(worker))
            fields.Wrong("worker", "没有这个人", "is nobody of the pack");
        var command = new CreateHousehold
        {
            By = caller.Id,
            Area = caller.AreaId(code),
            Place = reader.Id("place", body.Place),
            Worker = worker is null ? null : new PersonId(caller.Pack.Pack.Id, worker),
            Fields = reader.New(SubjectKind.Household, "fields", body.Fields),
            Residents = [.. residents.OfType<NewResident>()],
        };
        if (!fields.AreValid)
            return fields.Problem(context);
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Person.Over(area).Has(Permission.EditHouseholds))
            return Problem.Of(CaseRejections.NotYourArea, context);
        return await steps.Create(headers.NewId(caller.Id, "household"), command, headers, caller, context, cancellationToken);
    }

    static Task<HouseholdResult> Correct(
        string household,
        CorrectHouseholdRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context
    ) =>
        steps.Take(
            household,
            (fields, reader) =>
                new CorrectHousehold
                {
                    By = caller.Id,
                    Fields = reader.Changes(SubjectKind.Household, "fields", body.Fields),
                    Place = body.Place == "" ? Guid.Empty : reader.Id("place", body.Place),
                },
            caller,
            headers,
            context
        );

    static Task<HouseholdResult> Confirm(
        string household,
        ConfirmRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context
    ) => steps.Take(household, (_, _) => new ConfirmHousehold { By = caller.Id, IsVisit = body.Visit }, caller, headers, context);

    static Task<HouseholdResult> Move(
        string household,
        MoveHouseholdRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context
    ) =>
        steps.Take(
            household,
            (fields, reader) =>
                new MoveHousehold
                {
                    By = caller.Id,
                    Area = caller.AreaId(fields.Text("area", body.Area, 40)),
                    Place = reader.Id("place", body.Place),
                    Fields = reader.Changes(SubjectKind.Household, "fields", body.Fields),
                    Reason = fields.Text("reason", body.Reason, MaxReason),
                },
            caller,
            headers,
            context
        );

    static async Task<HouseholdResult> Split(
        string household,
        SplitRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await steps.Find(household, caller, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var to = headers.NewId(caller.Id, "household");
        var result = await steps.Take(
            household,
            (fields, reader) =>
                new MoveResidents
                {
                    By = caller.Id,
                    Residents = reader.Ids("residents", body.Residents),
                    To = to,
                    NewIn = body.Area is null ? view.Area : caller.AreaId(fields.Text("area", body.Area, 40)),
                    Fields = body.Fields is null ? view.Fields : reader.New(SubjectKind.Household, "fields", body.Fields),
                    Head = reader.Id("head", body.Head),
                    Reason = fields.Text("reason", body.Reason, MaxReason),
                },
            caller,
            headers,
            context
        );
        return await steps.Other(result, to, caller, context, cancellationToken);
    }

    static async Task<HouseholdResult> Merge(
        string household,
        MergeHouseholdRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var result = await steps.Take(
            household,
            (fields, reader) =>
                new MergeHousehold
                {
                    By = caller.Id,
                    Into = reader.Id("other", body.Other, required: true) ?? default,
                    Reason = fields.Text("reason", body.Reason, MaxReason),
                },
            caller,
            headers,
            context
        );
        return Guid.TryParseExact(body.Other, "N", out var other)
            ? await steps.Other(result, other, caller, context, cancellationToken)
            : result;
    }
}
