using System.Globalization;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Packs;
using GridActors.Domain.Surveys;
using GridActors.Storage.Surveys;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SurveyResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.Surveys.SurveyJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Surveys;

/// <summary>Surveys: their list, their definitions, and what becomes of them.</summary>
static class SurveyEndpoints
{
    const int MaxReason = 500;

    public static void MapSurveys(this IEndpointRouteBuilder routes)
    {
        var surveys = routes
            .MapGroup("/api/surveys")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Surveys")
            .WithProblems(Problem.NotSignedIn, HouseholdRejections.NoHouseholds);
        surveys
            .MapGet("/", List)
            .WithName("listSurveys")
            .WithSummary("List the surveys that ask households you may read, the newest first")
            .WithProblems(CaseRejections.Unavailable);
        var writes = surveys
            .MapGroup("")
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.NotPermitted,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.Unavailable,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        writes
            .MapPost("/", Create)
            .WithName("draftSurvey")
            .WithSummary("Draft a survey")
            .WithDescription("Nobody is asked before it is published. For a post that may manage surveys there.")
            .WithProblems(CaseRejections.NotYourArea);
        surveys
            .MapGet("/{survey}", Get)
            .WithName("getSurvey")
            .WithSummary("Get a survey with its questions")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        var steps = writes.MapGroup("/{survey}").WithProblems(CaseRejections.StaleVersion, SurveyRejections.Closed);
        steps
            .MapPut("/draft", Draft)
            .WithName("changeSurvey")
            .WithSummary("Change what will be published next")
            .WithDescription("What was published stays as it is: the change is asked when it is published, as a new edition.");
        steps
            .MapPost("/publish", Publish)
            .WithName("publishSurvey")
            .WithSummary("Ask what was drafted")
            .WithProblems(SurveyRejections.NoDraft);
        steps.MapPost("/close", Close).WithName("closeSurvey").WithSummary("Take no more answers");
        surveys.MapSheets();
        surveys.MapResults();
    }

    static async Task<Results<Ok<ListJson<SurveyItemJson>>, ProblemHttpResult>> List(
        Caller caller,
        SurveyQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var today = caller.Pack.Day(clock.GetUtcNow());
        var surveys = await queries.List(caller.Pack.Pack.Id, cancellationToken);
        return TypedResults.Ok(
            new ListJson<SurveyItemJson>([.. surveys.Where(s => MaySee(s, caller)).Select(s => SurveyItemJson.Of(s, caller, today))], null)
        );
    }

    static async Task<SurveyResult> Get(
        string survey,
        Caller caller,
        SurveyQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await Find(survey, caller, queries, cancellationToken) is { } view
            ? Shown(view, caller, clock, context)
            : Problem.Of(CaseRejections.NotFound, context);

    static async Task<Results<Created<SurveyJson>, ProblemHttpResult>> Create(
        SurveyRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<ISurveyGrain> surveys,
        ServiceTime clock,
        HttpContext context
    )
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var fields = Fields.Of(context);
        var code = fields.Text("area", body.Area, 40);
        var command = new DraftSurvey
        {
            By = caller.Id,
            Area = caller.AreaId(code),
            Definition = SurveyReader.Definition(body, rules, fields),
        };
        if (!fields.AreValid)
            return fields.Problem(context);
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Person.Over(area).Has(Permission.ManageSurveys))
            return Problem.Of(CaseRejections.NotYourArea, context);
        var id = headers.NewId(caller.Id, "survey");
        var answer = await Submit(id, command with { Operation = headers.OperationOf(caller.Id, command) }, surveys);
        if (answer is not { Rejection: null, Survey: { } view })
            return Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
        return TypedResults.Created($"/api/surveys/{view.Id:N}", Shown(view, caller, clock, context).Value);
    }

    static Task<SurveyResult> Draft(
        string survey,
        SurveyRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<ISurveyGrain> surveys,
        ServiceTime clock,
        HttpContext context
    )
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return Task.FromResult<SurveyResult>(Problem.Of(HouseholdRejections.NoHouseholds, context));
        return Take(
            survey,
            fields => new DraftSurvey
            {
                By = caller.Id,
                Area = default,
                Definition = SurveyReader.Definition(body, rules, fields),
            },
            caller,
            headers,
            surveys,
            clock,
            context
        );
    }

    static Task<SurveyResult> Publish(
        string survey,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<ISurveyGrain> surveys,
        ServiceTime clock,
        HttpContext context
    ) => Take(survey, _ => new PublishSurvey { By = caller.Id }, caller, headers, surveys, clock, context);

    static Task<SurveyResult> Close(
        string survey,
        CloseSurveyRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        GrainReferences<ISurveyGrain> surveys,
        ServiceTime clock,
        HttpContext context
    ) =>
        Take(
            survey,
            fields => new CloseSurvey { By = caller.Id, Reason = fields.Text("reason", body.Reason, MaxReason) },
            caller,
            headers,
            surveys,
            clock,
            context
        );

    static async Task<SurveyResult> Take(
        string survey,
        Func<Fields, SurveyCommand> read,
        Caller caller,
        StepHeaders headers,
        GrainReferences<ISurveyGrain> surveys,
        ServiceTime clock,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var command = read(fields);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (!Guid.TryParseExact(survey, "N", out var id))
            return Problem.Of(CaseRejections.NotFound, context);
        command = command with { Operation = headers.OperationOf(caller.Id, command) };
        if (headers.Versions() is { } versions)
            command = command with { IfVersions = [.. versions] };
        var answer = await Submit(id, command, surveys);
        return answer is { Rejection: null, Survey: { } view }
            ? Shown(view, caller, clock, context)
            : Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
    }

    /// <summary>The survey, for somebody who may read households where it asks, or below; null otherwise.</summary>
    internal static async Task<SurveyView?> Find(string id, Caller caller, SurveyQueries queries, CancellationToken cancellationToken) =>
        caller.Pack.Pack.Households is not null
        && Guid.TryParseExact(id, "N", out var guid)
        && await queries.Find(guid, cancellationToken) is { } view
        && MaySee(view, caller)
            ? view
            : null;

    /// <summary>Drafts are for those who make them; what is published is seen by whoever reads households that it asks.</summary>
    static bool MaySee(SurveyView view, Caller caller)
    {
        if (view.Area.Pack != caller.Pack.Pack.Id || caller.Area(view.Area.Code) is not { } area)
            return false;
        var access = SurveyAccess.Of(caller.Person, area);
        return access.MayManage || (access.MaySee && view.Status != SurveyStatus.Draft);
    }

    /// <summary>The write isn't cancelled when the caller disconnects, because the caller has asked for it.</summary>
    static Task<SurveyAnswer> Submit(Guid id, SurveyCommand command, GrainReferences<ISurveyGrain> surveys)
    {
        var actor = surveys.Of(id);
        return ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
    }

    static Ok<SurveyJson> Shown(SurveyView view, Caller caller, ServiceTime clock, HttpContext context)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{view.Version}\"");
        return TypedResults.Ok(SurveyJson.Of(view, caller, caller.Pack.Day(clock.GetUtcNow())));
    }
}
