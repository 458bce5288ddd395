using System.Collections.Immutable;
using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Surveys;
using GridActors.Storage.Surveys;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SheetResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.Surveys.SheetJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Surveys;

/// <summary>Whom a survey asks, and what they answer.</summary>
static class SheetEndpoints
{
    /// <summary>More than an area has whose list somebody reads line by line.</summary>
    const int MaxTargets = 5000;
    const int MaxReason = 200;

    public static void MapSheets(this IEndpointRouteBuilder surveys)
    {
        var survey = surveys.MapGroup("/{survey}").WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        survey
            .MapGet("/targets", Targets)
            .WithName("listSurveyTargets")
            .WithSummary("List whom a survey asks, with what has become of it")
            .WithDescription(
                "Without an area, those of the households that you are linked to, with names and addresses in full; with one, all in it "
                    + "and below it, masked. At most 5,000."
            )
            .WithProblems(CaseRejections.NotYourArea);
        survey
            .MapGet("/sheets/{subject}", Get)
            .WithName("getSurveySheet")
            .WithSummary("Get what a household or resident answered, and what the ledger suggests")
            .WithDescription("Personal answers are masked, but for those who are linked to the household.");
        var writes = survey.WithProblems(
            Problem.InvalidRequest,
            CaseRejections.NotPermitted,
            CaseRejections.KeyReused,
            CaseRejections.Busy,
            CaseRejections.OutcomeUnknown,
            CaseRejections.NewerVersion,
            SurveyRejections.Closed,
            SurveyRejections.NotOpen,
            SurveyRejections.NotAsked,
            SurveyRejections.AlreadyAnswered
        );
        writes
            .MapPost("/answers", Answer)
            .WithName("answerSurvey")
            .WithSummary("Answer for a household or resident")
            .WithDescription(
                "There is one sheet for each: whoever is the second gets 409 `already-answered` with who was first, and can send a "
                    + "correction."
            )
            .WithProblems(SurveyRejections.WrongAnswers);
        survey.MapInvitations();
        writes.MapPost("/refusals", Refuse).WithName("refuseSurvey").WithSummary("Say that a household or resident doesn't want to answer");
    }

    static async Task<Results<Ok<ListJson<SurveyTargetJson>>, ProblemHttpResult>> Targets(
        string survey,
        [Description("Code of the area; without it, your own households.")] string? area,
        Caller caller,
        SurveyQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await SurveyEndpoints.Find(survey, caller, queries, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        if (caller.Area(view.Area.Code) is not { } asked)
            return Problem.Of(CaseRejections.NotFound, context);
        var areas = caller.Pack.LinkedTo(caller.Id);
        if (area is not null)
        {
            var (under, problem) = HouseholdListQuery.Under(area, caller, context);
            if (under is null)
                return problem!;
            areas = [.. under.Downwards()];
        }
        var today = caller.Pack.Day(clock.GetUtcNow());
        var targets = await queries.Targets(
            view,
            [.. areas.Where(asked.Contains).Select(a => a.Id.Key)],
            area is null ? caller.Id : null,
            today,
            MaxTargets,
            cancellationToken
        );
        return TypedResults.Ok(new ListJson<SurveyTargetJson>([.. targets.Select(t => SurveyTargetJson.Of(t, caller))], null));
    }

    static async Task<SheetResult> Get(
        string survey,
        string subject,
        Caller caller,
        SurveyQueries queries,
        GrainReferences<IHouseholdGrain> households,
        GrainReferences<ISheetGrain> sheets,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            await SurveyEndpoints.Find(survey, caller, queries, cancellationToken) is not { Status: not SurveyStatus.Draft } view
            || await Find(subject, caller, queries, households, cancellationToken) is not var (id, household)
        )
            return Problem.Of(CaseRejections.NotFound, context);
        var actor = sheets.Of(SheetIds.Of(view.Id, id));
        var sheet = (await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken)).Sheet;
        return await Shown(view, household, id, sheet, caller, queries, cancellationToken);
    }

    static Task<SheetResult> Answer(
        string survey,
        AnswersRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        SurveyQueries queries,
        GrainReferences<IHouseholdGrain> households,
        GrainReferences<ISheetGrain> sheets,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        Take(
            survey,
            body.Subject,
            (view, household, subject, fields) =>
            {
                var given = (body.Answers ?? ImmutableDictionary<string, string?>.Empty).ToDictionary(a => a.Key, a => a.Value ?? "");
                var answers = ReadAnswers(view, given, caller.Pack.Day(clock.GetUtcNow()), fields);
                return new FillSheet
                {
                    By = caller.Id,
                    Survey = view.Id,
                    Household = household.Id,
                    Subject = subject,
                    Answers = answers,
                    IsCorrection = body.Correction == true,
                };
            },
            caller,
            headers,
            queries,
            households,
            sheets,
            context,
            cancellationToken
        );

    /// <summary>Reads answers by the questions as they are asked now, and notes what is wrong.</summary>
    internal static ImmutableSortedDictionary<string, string> ReadAnswers(
        SurveyView survey,
        IReadOnlyDictionary<string, string> given,
        DateOnly today,
        Fields fields
    )
    {
        var (answers, errors) = AnswerRules.Read(survey.Definition, given, today);
        foreach (var (question, error) in errors)
            fields.Wrong($"answers.{question}", ValueErrors.Text(error, false), ValueErrors.Text(error, true));
        return answers;
    }

    static Task<SheetResult> Refuse(
        string survey,
        RefusalRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        SurveyQueries queries,
        GrainReferences<IHouseholdGrain> households,
        GrainReferences<ISheetGrain> sheets,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        Take(
            survey,
            body.Subject,
            (view, household, subject, fields) =>
                new RefuseSheet
                {
                    By = caller.Id,
                    Survey = view.Id,
                    Household = household.Id,
                    Subject = subject,
                    Reason = fields.Text("reason", body.Reason, MaxReason, required: false),
                },
            caller,
            headers,
            queries,
            households,
            sheets,
            context,
            cancellationToken
        );

    static async Task<SheetResult> Take(
        string survey,
        string? subject,
        Func<SurveyView, HouseholdView, Guid, Fields, SheetCommand> read,
        Caller caller,
        WriteHeaders headers,
        SurveyQueries queries,
        GrainReferences<IHouseholdGrain> households,
        GrainReferences<ISheetGrain> sheets,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            await SurveyEndpoints.Find(survey, caller, queries, cancellationToken) is not { Status: not SurveyStatus.Draft } view
            || await Find(subject, caller, queries, households, cancellationToken) is not var (id, household)
        )
            return Problem.Of(CaseRejections.NotFound, context);
        var fields = Fields.Of(context);
        var command = read(view, household, id, fields);
        if (!fields.AreValid)
            return fields.Problem(context);
        command = command with { Operation = headers.OperationOf(caller.Id, command) };
        var actor = sheets.Of(SheetIds.Of(view.Id, id));
        // The write isn't cancelled when the caller disconnects, because the caller has asked for it.
        var answer = await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
        if (answer.Rejection is { } rejection)
            return answer.Sheet is { } known && rejection == SurveyRejections.AlreadyAnswered
                ? Problem.Of(
                    rejection,
                    context,
                    ("at", known.At),
                    ("by", known.By.Id),
                    ("byName", SurveyNames.NameOf(known.By, caller.Pack))
                )
                : Problem.Of(rejection, context);
        return await Shown(view, household, id, answer.Sheet, caller, queries, cancellationToken);
    }

    /// <summary>The household of somebody who is asked; null when the caller may not see it.</summary>
    static async Task<(Guid Subject, HouseholdView Household)?> Find(
        string? subject,
        Caller caller,
        SurveyQueries queries,
        GrainReferences<IHouseholdGrain> households,
        CancellationToken cancellationToken
    )
    {
        if (!Guid.TryParseExact(subject, "N", out var id) || await queries.HouseholdOf(id, cancellationToken) is not { } household)
            return null;
        return await HouseholdEndpoints.Find(household.ToString("N"), caller, households, cancellationToken) is { } view
            ? (id, view)
            : null;
    }

    static async Task<Ok<SheetJson>> Shown(
        SurveyView survey,
        HouseholdView household,
        Guid subject,
        SheetView? sheet,
        Caller caller,
        SurveyQueries queries,
        CancellationToken cancellationToken
    )
    {
        var steps = sheet is null ? [] : await queries.Steps(sheet.Id, cancellationToken);
        return TypedResults.Ok(SheetJson.Of(survey, household, subject, sheet, steps, caller));
    }
}
