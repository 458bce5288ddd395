using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Scores;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using GridActors.Storage.Scores;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using GridActors.Web.WorkerDays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ScoreResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.Scores.ScoreJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Scores;

/// <summary>Appeals against lines of closed scores, and what is decided about them (申诉).</summary>
static class AppealEndpoints
{
    const int MaxText = 1000;
    const int MaxListed = 500;

    public static void MapAppeals(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Scores")
            .WithProblems(Problem.NotSignedIn, Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.Unavailable);
        api.MapGet("/score-appeals", List)
            .WithName("listScoreAppeals")
            .WithSummary("List the appeals of the workers of an area")
            .WithDescription(
                "For a post that may oversee workers there: the open ones by when they are due, then the decided ones. Up to 500."
            )
            .WithProblems(CaseRejections.NotYourArea);
        var writes = api.MapGroup("/scores")
            .WithProblems(
                ScoreRejections.NoScores,
                ScoreRejections.NotClosed,
                ScoreRejections.AppealOver,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        writes
            .MapPost("/me/{month}/appeals", Appeal)
            .WithName("appealScore")
            .WithSummary("Doubt a line of your own score")
            .WithDescription("Of a closed month, within the place's time for appeals. Each line once, and again after a correction.")
            .WithProblems(ScoreRejections.AlreadyAppealed, ScoreRejections.WrongPoints);
        writes
            .MapPost("/me/{month}/appeals/{appeal}/raise", Raise)
            .WithName("raiseAppeal")
            .WithSummary("Have your appeal decided by somebody above")
            .WithDescription("Once, after it was refused or granted in part, or when its time is over.")
            .WithProblems(ScoreRejections.AppealDecided, CaseRejections.WrongStatus);
        writes
            .MapPost("/{person}/{month}/appeals/{appeal}/decide", Decide)
            .WithName("decideAppeal")
            .WithSummary("Decide an appeal, with a reason")
            .WithDescription(
                "For a post that may oversee workers there, and never about oneself; in the second instance for somebody else above the "
                    + "first."
            )
            .WithProblems(ScoreRejections.AppealDecided, ScoreRejections.NotYourAppeal, ScoreRejections.WrongPoints);
    }

    static async Task<Results<Ok<ListJson<AppealItemJson>>, ProblemHttpResult>> List(
        [Description("Code of the area; without it, the topmost of your posts.")] string? area,
        [Description("Only those that aren't decided.")] bool? open,
        Caller caller,
        ScoreMonthQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = OversightEndpoints.Under(area, caller, context);
        if (under is null)
            return problem!;
        var rows = await queries.Appeals(OversightEndpoints.AreasOf(under), open == true, MaxListed, cancellationToken);
        var now = clock.GetUtcNow();
        return TypedResults.Ok(new ListJson<AppealItemJson>([.. rows.Select(r => AppealItemJson.Of(r, caller.Pack, now))], null));
    }

    static Task<ScoreResult> Appeal(
        string month,
        AppealScoreRequest body,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        AppealSteps steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var item = fields.Text("item", body.Item, MaxText);
        var text = fields.Text("text", body.Text, MaxText);
        var command = new AppealScore
        {
            By = caller.Id,
            Appeal = headers.NewId(caller.Id, "score-appeal"),
            Item = item,
            Text = text,
        };
        return steps.Take("me", month, command, fields, headers, caller, context);
    }

    static Task<ScoreResult> Raise(
        string month,
        string appeal,
        RaiseAppealRequest body,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        AppealSteps steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var text = fields.Text("text", body.Text, MaxText);
        var command = new RaiseAppeal
        {
            By = caller.Id,
            Appeal = IdOf(appeal),
            Text = text,
        };
        return steps.Take("me", month, command, fields, headers, caller, context);
    }

    static Task<ScoreResult> Decide(
        string person,
        string month,
        string appeal,
        DecideAppealRequest body,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        AppealSteps steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var outcome = AppealNames.Outcome(body.Outcome);
        if (outcome is null)
            fields.Wrong("outcome", "应为 granted、partly-granted 或 refused", "must be granted, partly-granted or refused");
        else if (outcome != AppealStatus.Refused && body.Points is null)
            fields.Wrong("points", "请填写改后的得分", "is missing: the line's points from now on");
        if (body.Points is { } points && decimal.Round(points, 2) != points)
            fields.Wrong("points", "最多两位小数", "has more than two decimals");
        var reason = fields.Text("reason", body.Reason, MaxText);
        var command = new DecideAppeal
        {
            By = caller.Id,
            Appeal = IdOf(appeal),
            Outcome = outcome ?? AppealStatus.Refused,
            Points = body.Points ?? 0,
            Reason = reason,
        };
        return steps.Take(person, month, command, fields, headers, caller, context);
    }

    /// <summary>An id that is none names no appeal.</summary>
    static Guid IdOf(string appeal) => Guid.TryParseExact(appeal, "N", out var id) ? id : Guid.Empty;
}

/// <summary>Has the actor of a month do what is asked, and shows the score afterwards.</summary>
sealed class AppealSteps(GrainReferences<IScoreGrain> scores, ScorePages pages, ServiceTime clock)
{
    public async Task<ScoreResult> Take(
        string person,
        string month,
        ScoreCommand command,
        Fields fields,
        WriteHeaders headers,
        Caller caller,
        HttpContext context
    )
    {
        if (!fields.AreValid)
            return fields.Problem(context);
        if (ScoreEndpoints.Find(person, caller) is not PersonEntry entry || ScoreMonth.Parse(month) is not { } of)
            return Problem.Of(CaseRejections.NotFound, context);
        if (AskedScores.Of(month, null, caller, clock.GetUtcNow(), context, out var problem) is not { } asked)
            return problem!;
        var actor = scores.Of(ScorePages.KeyOf(entry.Id, of));
        // The write isn't cancelled when the caller disconnects, because the caller has asked for it.
        var operation = command with
        {
            Operation = headers.OperationOf(caller.Id, command),
        };
        var answer = await ActorCalls.Call(token => actor.Submit(operation, token), CancellationToken.None);
        if (answer.Rejection is { } rejection)
            return Problem.Of(rejection, context);
        return await pages.Of(entry, asked, answer.View, caller, CancellationToken.None) is { } score
            ? TypedResults.Ok(score)
            : Problem.Of(ScoreRejections.NoScores, context);
    }
}
