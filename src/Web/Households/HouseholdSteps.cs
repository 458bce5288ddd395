using System.Globalization;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Time;
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
    const int MaxReason = 500;

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
        steps
            .MapPost("/residents", Add)
            .WithName("addResident")
            .WithSummary("Add a resident to a household")
            .WithProblems(HouseholdRejections.TwoHeads, HouseholdRejections.TooManyResidents);
        steps
            .MapPatch("/residents/{resident}", CorrectResident)
            .WithName("correctResident")
            .WithSummary("Correct what is known of a resident")
            .WithProblems(HouseholdRejections.NotAResident, HouseholdRejections.TwoHeads);
        steps
            .MapPost("/head", ChangeHead)
            .WithName("changeHead")
            .WithSummary("Make somebody else the head of a household")
            .WithProblems(HouseholdRejections.NotAResident);
        steps
            .MapPost("/move-out", MoveOut)
            .WithName("moveOut")
            .WithSummary("Let residents move out, or go over to another household")
            .WithDescription("The head goes with everybody else, or after somebody else has become the head.")
            .WithProblems(HouseholdRejections.NotAResident, HouseholdRejections.HeadLeaves, HouseholdRejections.WrongTarget);
        steps
            .MapPost("/deaths", Die)
            .WithName("recordDeath")
            .WithSummary("Record that a resident died")
            .WithProblems(HouseholdRejections.NotAResident, CaseRejections.WrongStatus);
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
        steps
            .MapPost("/erase", Erase)
            .WithName("eraseResident")
            .WithSummary("Destroy what is known of somebody who moved out or died")
            .WithDescription(
                "Their key is destroyed, so nobody can read what the journal still holds of them. It can't be undone. For a post that may administer."
            )
            .WithProblems(HouseholdRejections.NotAResident, HouseholdRejections.StillLiving);
    }

    static async Task<Results<Created<HouseholdJson>, ProblemHttpResult>> Create(
        HouseholdRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    )
    {
        if (Reader(caller, clock, context) is not var (fields, reader))
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
        var actor = households.Of(headers.NewId(caller.Id, "household"));
        var answer = await Submit(actor, command with { Operation = headers.OperationOf(command.By, command) });
        if (answer is not { Rejection: null, Household: { } view })
            return Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
        StepEtag(context, view);
        return TypedResults.Created($"/api/households/{view.Id:N}", HouseholdJson.Of(view, caller, caller.Pack.Day(clock.GetUtcNow())));
    }

    static Task<HouseholdResult> Correct(
        string household,
        CorrectHouseholdRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    ) =>
        Take(
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
            households,
            clock,
            context
        );

    static Task<HouseholdResult> Confirm(
        string household,
        ConfirmRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    ) =>
        Take(
            household,
            (_, _) => new ConfirmHousehold { By = caller.Id, IsVisit = body.Visit },
            caller,
            headers,
            households,
            clock,
            context
        );

    static Task<HouseholdResult> Move(
        string household,
        MoveHouseholdRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    ) =>
        Take(
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
            households,
            clock,
            context
        );

    static Task<HouseholdResult> Add(
        string household,
        ResidentRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    ) =>
        Take(
            household,
            (_, reader) =>
                new AddResident
                {
                    By = caller.Id,
                    Resident = reader.Resident(
                        "resident",
                        headers.NewId(caller.Id, "resident"),
                        body,
                        c => headers.NewId(caller.Id, string.Create(CultureInfo.InvariantCulture, $"certificate {c}"))
                    )!,
                },
            caller,
            headers,
            households,
            clock,
            context
        );

    static Task<HouseholdResult> CorrectResident(
        string household,
        string resident,
        CorrectResidentRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    ) =>
        Take(
            household,
            (_, reader) =>
                new CorrectResident
                {
                    By = caller.Id,
                    Resident = Guid.TryParseExact(resident, "N", out var id) ? id : Guid.Empty,
                    Kind = reader.Kind("kind", body.Kind, required: false),
                    Relation = reader.Relation("relation", body.Relation),
                    Fields = reader.Changes(SubjectKind.Resident, "fields", body.Fields),
                    Groups = reader.Groups("groups", body.Groups),
                    Certificates = reader.Certificates(
                        "certificates",
                        body.Certificates,
                        c => headers.NewId(caller.Id, string.Create(CultureInfo.InvariantCulture, $"certificate {c}"))
                    ),
                    Tags = reader.Tags("tags", body.Tags),
                },
            caller,
            headers,
            households,
            clock,
            context
        );

    static Task<HouseholdResult> ChangeHead(
        string household,
        HeadRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    ) =>
        Take(
            household,
            (_, reader) =>
                new ChangeHead
                {
                    By = caller.Id,
                    Resident = reader.Id("resident", body.Resident, required: true) ?? default,
                    FormerRelation = reader.Relation("formerRelation", body.FormerRelation),
                },
            caller,
            headers,
            households,
            clock,
            context
        );

    static Task<HouseholdResult> MoveOut(
        string household,
        MoveOutRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    ) =>
        Take(
            household,
            (fields, reader) =>
            {
                var residents = reader.Ids("residents", body.Residents);
                var reason = fields.Text("reason", body.Reason, MaxReason);
                return reader.Id("to", body.To) is { } to
                    ? new MoveResidents
                    {
                        By = caller.Id,
                        Residents = residents,
                        To = to,
                        Reason = reason,
                    }
                    : new MoveOut
                    {
                        By = caller.Id,
                        Residents = residents,
                        Reason = reason,
                    };
            },
            caller,
            headers,
            households,
            clock,
            context
        );

    static Task<HouseholdResult> Die(
        string household,
        DeathRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    ) =>
        Take(
            household,
            (_, reader) =>
                new RecordDeath
                {
                    By = caller.Id,
                    Resident = reader.Id("resident", body.Resident, required: true) ?? default,
                    On = reader.Day("on", body.On) ?? default,
                },
            caller,
            headers,
            households,
            clock,
            context
        );

    static async Task<HouseholdResult> Split(
        string household,
        SplitRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await HouseholdEndpoints.Find(household, caller, households, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var to = headers.NewId(caller.Id, "household");
        var result = await Take(
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
            households,
            clock,
            context
        );
        return await Other(result, to, caller, households, clock, context, cancellationToken);
    }

    static async Task<HouseholdResult> Merge(
        string household,
        MergeHouseholdRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var result = await Take(
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
            households,
            clock,
            context
        );
        return Guid.TryParseExact(body.Other, "N", out var other)
            ? await Other(result, other, caller, households, clock, context, cancellationToken)
            : result;
    }

    static Task<HouseholdResult> Erase(
        string household,
        EraseRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    ) =>
        Take(
            household,
            (fields, reader) =>
                new EraseResident
                {
                    By = caller.Id,
                    Resident = reader.Id("resident", body.Resident, required: true) ?? default,
                    Reason = fields.Text("reason", body.Reason, MaxReason),
                },
            caller,
            headers,
            households,
            clock,
            context
        );

    static async Task<HouseholdResult> Take(
        string household,
        Func<Fields, HouseholdFieldReader, HouseholdCommand> read,
        Caller caller,
        StepHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context
    )
    {
        if (Reader(caller, clock, context) is not var (fields, reader))
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var command = read(fields, reader);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (!Guid.TryParseExact(household, "N", out var id))
            return Problem.Of(CaseRejections.NotFound, context);
        command = command with { Operation = headers.OperationOf(command.By, command) };
        if (headers.Versions() is { } versions)
            command = command with { IfVersions = [.. versions] };
        var answer = await Submit(households.Of(id), command);
        return answer is { Rejection: null, Household: { } view }
            ? Shown(view, caller, clock, context)
            : Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
    }

    /// <summary>Answers the household that residents went over to, when they have.</summary>
    static async Task<HouseholdResult> Other(
        HouseholdResult result,
        Guid other,
        Caller caller,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (result.Result is not Ok<HouseholdJson>)
            return result;
        var view = await HouseholdEndpoints.Find(other.ToString("N"), caller, households, cancellationToken);
        return view is null ? result : Shown(view, caller, clock, context);
    }

    internal static Ok<HouseholdJson> Shown(HouseholdView view, Caller caller, ServiceTime clock, HttpContext context)
    {
        StepEtag(context, view);
        return TypedResults.Ok(HouseholdJson.Of(view, caller, caller.Pack.Day(clock.GetUtcNow())));
    }

    /// <summary>The write isn't cancelled when the caller disconnects, because the caller has asked for it.</summary>
    static Task<HouseholdAnswer> Submit(IHouseholdGrain actor, HouseholdCommand command) =>
        ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);

    static void StepEtag(HttpContext context, HouseholdView view) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{view.Version}\"");

    /// <returns>Null where the place keeps no record of households.</returns>
    static (Fields Fields, HouseholdFieldReader Reader)? Reader(Caller caller, ServiceTime clock, HttpContext context)
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return null;
        var fields = Fields.Of(context);
        return (fields, new(fields, rules, caller.Pack.Day(clock.GetUtcNow())));
    }
}
