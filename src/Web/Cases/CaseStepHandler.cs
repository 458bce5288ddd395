using System.Globalization;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Storage.Database;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Cases;

/// <summary>Sends a step to the case's grain, and turns the grain's answer into an HTTP answer.</summary>
public sealed class CaseStepHandler(GrainReferences<ICaseGrain> cases, WriteHealth writes)
{
    /// <param name="fields">The checks of the request's body; null where the step has no body.</param>
    public async Task<Results<Ok<CaseJson>, ProblemHttpResult>> Take(
        string id,
        CaseCommand command,
        WriteHeaders headers,
        Caller caller,
        HttpContext context,
        Fields? fields = null
    )
    {
        if (fields is { AreValid: false })
            return fields.Problem(context);
        if (!Guid.TryParseExact(id, "N", out var guid))
            return Problem.Of(CaseRejections.NotFound, context);
        var answer = await Submit(guid, command, headers, context);
        return answer.Rejection is { } rejection
            ? Refuse(rejection, answer.Case, caller, context)
            : TypedResults.Ok(CaseJson.Of(answer.Case!, answer.Actions, caller.Pack));
    }

    public async Task<Results<Created<CaseJson>, ProblemHttpResult>> Report(
        ReportCase command,
        WriteHeaders headers,
        Caller caller,
        HttpContext context
    )
    {
        var answer = await Submit(headers.NewCaseId(command), command, headers, context);
        if (answer.Rejection is { } rejection)
            return Problem.Of(rejection, context);
        var json = CaseJson.Of(answer.Case!, answer.Actions, caller.Pack);
        return TypedResults.Created($"/api/cases/{json.Id}", json);
    }

    /// <summary>The ETag of a case is its version.</summary>
    public static void SetEtag(HttpContext context, CaseView view) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{view.Version}\"");

    async Task<CaseAnswer> Submit(Guid id, CaseCommand command, WriteHeaders headers, HttpContext context)
    {
        var (actor, identified) = (cases.Of(id), headers.ApplyTo(command));
        // The write isn't cancelled when the caller disconnects, because the caller has asked for it.
        var answer = await ActorCalls.Call(token => actor.Submit(identified, token), CancellationToken.None);
        if (answer.Case is { } view)
            SetEtag(context, view);
        if (answer.Rejection == CaseRejections.Unavailable)
            writes.Suspect();
        return answer;
    }

    static ProblemHttpResult Refuse(string rejection, CaseView? view, Caller caller, HttpContext context) =>
        (rejection, view) switch
        {
            (CaseRejections.AlreadyClaimed, { Claimant: { } claimant }) => Problem.Of(
                rejection,
                context,
                ("claimant", claimant.Id),
                ("claimantName", caller.Pack.NameOf(claimant)),
                ("claimedAt", view.ClaimedAt),
                ("version", view.Version)
            ),
            (CaseRejections.WrongStatus or CaseRejections.StaleVersion, { }) => Problem.Of(
                rejection,
                context,
                ("caseStatus", ApiNames.Of(view.Status)),
                ("version", view.Version)
            ),
            _ => Problem.Of(rejection, context),
        };
}
