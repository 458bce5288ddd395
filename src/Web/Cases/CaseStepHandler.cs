using System.Globalization;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Cases;

/// <summary>
/// Sends a report or a step to the case's grain, and turns the grain's answer into an HTTP answer. A repeat of what has been done is sent
/// even when it would be refused now, because its category, its area or a photo is gone: the grain says what it came to.
/// </summary>
public sealed class CaseStepHandler(GrainReferences<ICaseGrain> cases, CaseQueries queries, WriteHealth writes)
{
    /// <summary>No case has it: versions begin at 1.</summary>
    const int NoVersion = 0;

    /// <param name="fields">The checks of the request's body; null where the step has no body.</param>
    public async Task<Results<GeneratedOk<CaseJson>, ProblemHttpResult>> Take(
        string id,
        CaseCommand command,
        StepHeaders headers,
        Caller caller,
        HttpContext context,
        Fields? fields = null
    )
    {
        var isCase = Guid.TryParseExact(id, "N", out var guid);
        command = headers.ApplyTo(command);
        if (fields is { AreValid: false } && !(isCase && await IsRepeat(guid, command, headers, context.RequestAborted)))
            return fields.Problem(context);
        if (!isCase)
            return Problem.Of(CaseRejections.NotFound, context);
        command = command with { IfVersion = await Version(guid, headers, caller, context.RequestAborted) };
        var answer = await Submit(guid, command, context);
        return answer.Rejection is { } rejection
            ? Refuse(rejection, answer.Case, caller, context)
            : new GeneratedOk<CaseJson>(CaseJson.Of(answer.Case!, answer.Actions, caller.Pack), CaseJsonContext.Default.CaseJson);
    }

    /// <param name="command">With the area that the position is in now, or none, where the request names no area.</param>
    /// <param name="namesArea">Whether the request names the area.</param>
    /// <param name="refusal">Why the report can't be taken, unless it is a repeat.</param>
    public async Task<Results<GeneratedCreated<CaseJson>, ProblemHttpResult>> Report(
        ReportCase command,
        bool namesArea,
        ProblemHttpResult? refusal,
        WriteHeaders headers,
        Caller caller,
        HttpContext context
    )
    {
        var id = headers.NewCaseId(command);
        var answer = refusal is null ? await Submit(id, headers.ApplyTo(command), context) : null;
        if (answer is null or { Rejection: CaseRejections.KeyReused })
        {
            // The first report went to the area where its position was then.
            var first =
                namesArea || await queries.AreaOf(id, context.RequestAborted) is not { } area ? command : command with { Area = area };
            var repeat = headers.ApplyTo(first);
            if (await IsRepeat(id, repeat, headers, context.RequestAborted))
                answer = await Submit(id, repeat, context);
        }
        if (answer is null)
            return refusal!;
        if (answer.Rejection is { } rejection)
            return Problem.Of(rejection, context);
        var json = CaseJson.Of(answer.Case!, answer.Actions, caller.Pack);
        return new GeneratedCreated<CaseJson>($"/api/cases/{json.Id}", json, CaseJsonContext.Default.CaseJson);
    }

    /// <summary>The ETag of a case is its version.</summary>
    public static void SetEtag(HttpContext context, CaseView view) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{view.Version}\"");

    async Task<CaseAnswer> Submit(Guid id, CaseCommand command, HttpContext context)
    {
        var actor = cases.Of(id);
        // The write isn't cancelled when the caller disconnects, because the caller has asked for it.
        var answer = await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
        if (answer.Case is { } view)
            SetEtag(context, view);
        if (answer.Rejection == CaseRejections.Unavailable)
            writes.Suspect();
        return answer;
    }

    async Task<bool> IsRepeat(Guid id, CaseCommand command, OperationHeaders headers, CancellationToken cancellationToken) =>
        headers.IdempotencyKey is not null && await queries.HasTaken(id, command.Operation, cancellationToken);

    /// <summary>The version that the command insists on. Of several, it is the one that the case has.</summary>
    async Task<int?> Version(Guid id, StepHeaders headers, Caller caller, CancellationToken cancellationToken)
    {
        if (headers.Versions() is not { } versions)
            return null;
        if (versions.Count < 2)
            return versions.Count == 1 ? versions[0] : NoVersion;
        var actor = cases.Of(id);
        var answer = await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken);
        return answer.Case is { } view && versions.Contains(view.Version) ? view.Version : NoVersion;
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
