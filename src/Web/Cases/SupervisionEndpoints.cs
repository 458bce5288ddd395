using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Cases;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Cases;

/// <summary>A supervision notice.</summary>
/// <param name="Number">Its own register number.</param>
/// <param name="Clock">The clock whose breach issued it; null when somebody did.</param>
/// <param name="DueAt">By when an answer is owed; null when no term was set.</param>
public sealed record SupervisionJson(
    string Number,
    DateTimeOffset At,
    string By,
    string ByName,
    string Reason,
    string? Clock,
    DateTimeOffset? DueAt,
    DateTimeOffset? AnsweredAt,
    string? AnsweredBy,
    string? AnsweredByName,
    string? Answer
)
{
    public static SupervisionJson Of(CaseSupervision notice, LoadedPack pack) =>
        new(
            notice.Number,
            notice.At,
            notice.By.Id,
            pack.NameOf(notice.By),
            notice.Reason,
            notice.Breached is { } clock ? ApiNames.Of(clock) : null,
            notice.DueAt,
            notice.AnsweredAt,
            notice.AnsweredBy?.Id,
            notice.AnsweredBy is { } by ? pack.NameOf(by) : null,
            notice.AnsweredAt is null ? null : notice.Answer
        );
}

/// <summary>A line of the supervision ledger.</summary>
/// <param name="State"><c>open</c>, <c>overdue</c>, <c>answered</c>, or <c>closed</c>: the case was closed before it was answered.</param>
public sealed record SupervisedCaseJson(string State, SupervisionJson Notice, CaseSummaryJson Case);

/// <summary>Supervision notices: issuing and answering one, and their ledger.</summary>
static class SupervisionEndpoints
{
    /// <param name="steps">The group <c>/api/cases/{id}</c>.</param>
    public static void MapSupervisionSteps(this RouteGroupBuilder steps)
    {
        steps
            .MapPost("/supervise", CaseStepEndpoints.WithReason((by, reason) => new SuperviseCase { By = by, Reason = reason }))
            .WithName("superviseCase")
            .WithSummary("Issue a supervision notice")
            .WithDescription(
                "The notice gets a number of its own, and the claimant, or those it is offered to, owe an answer. "
                    + "For a post that may supervise."
            )
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.WrongStatus,
                CaseRejections.AlreadySupervised,
                CaseRejections.TooManySteps
            );
        steps
            .MapPost("/answer", CaseStepEndpoints.WithText((by, text) => new AnswerSupervision { By = by, Text = text }))
            .WithName("answerSupervision")
            .WithSummary("Answer the open supervision notice")
            .WithDescription("For the claimant, or, while nobody has claimed the case, whom it is offered to.")
            .WithProblems(CaseRejections.NotPermitted, CaseRejections.WrongStatus, CaseRejections.NotSupervised);
    }

    public static void MapSupervisions(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/supervisions", List)
            .RequireAuthorization()
            .WithTags("Cases")
            .WithName("listSupervisions")
            .WithSummary("List the supervision notices of an area and everything below it")
            .WithDescription("The newest comes first. Notices of confidential cases are listed for the people they concern alone.")
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                CaseRejections.NotYourArea,
                CaseRejections.NotFound,
                CaseRejections.Unavailable
            );

    static async Task<Results<Ok<ListJson<SupervisedCaseJson>>, ProblemHttpResult>> List(
        [Description("Code of the area; by default the caller's home.")] string? area,
        [Description("Only notices that stand so: `open`, `overdue`, `answered` or `closed`.")] string? state,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        SupervisionQueries queries,
        AccessJournal access,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var before))
            Paging.Wrong(fields);
        var code = fields.Filter("area", area);
        var wanted = fields.Filter("state", state);
        var only = Enum.GetValues<SupervisionState>().Cast<SupervisionState?>().FirstOrDefault(s => ApiNames.Of(s!.Value) == wanted);
        if (wanted is not null && only is null)
            fields.Wrong("state", "没有这个状态", "is no state of a notice");
        if (!fields.AreValid)
            return fields.Problem(context);
        var under = code is null ? caller.Person.Home : caller.Area(code);
        if (under is null)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(under))
            return Problem.Of(CaseRejections.NotYourArea, context);

        var size = Paging.Limit(limit);
        var now = clock.GetUtcNow();
        var notices = await queries.List(under, caller.Id, only, now, before, size + 1, cancellationToken);
        access.Listed(caller, notices.Take(size).Select(n => n.Case));
        return TypedResults.Ok(
            Paging.Page(
                notices,
                size,
                n => (n.Notice.At, n.Case.Id),
                n => new SupervisedCaseJson(
                    ApiNames.Of(n.State),
                    SupervisionJson.Of(n.Notice, caller.Pack),
                    CaseSummaryJson.Of(n.Case, caller.Pack, now)
                )
            )
        );
    }
}
