using System.ComponentModel.DataAnnotations;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using CaseResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    GridActors.Web.GeneratedOk<GridActors.Web.Cases.CaseJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Cases;

public sealed record ForwardRequest([property: Required] string? System, [property: Required] string? Reason);

/// <summary>A handover of a case to another system.</summary>
/// <param name="State"><c>waiting</c>, <c>solved</c>, <c>refused</c> or <c>withdrawn</c>.</param>
/// <param name="DueAt">By when the other system's answer is expected; null when no term was set.</param>
/// <param name="EndedAt">When it stopped waiting; null while it waits.</param>
/// <param name="Answer">What the other system answered; null when it didn't.</param>
public sealed record ForwardJson(
    string System,
    string SystemName,
    string SystemNameEn,
    string State,
    DateTimeOffset At,
    string By,
    string ByName,
    string Reason,
    DateTimeOffset? DueAt,
    DateTimeOffset? EndedAt,
    string? Answer
)
{
    public static ForwardJson Of(CaseForward forward, LoadedPack pack) =>
        new(
            forward.System,
            pack.SystemOf(forward.System)?.Name ?? forward.System,
            pack.SystemOf(forward.System)?.NameEn ?? forward.System,
            ApiNames.Of(forward.State),
            forward.At,
            forward.By.Id,
            pack.NameOf(forward.By),
            forward.Reason,
            forward.DueAt,
            forward.EndedAt,
            forward.Answer.Length > 0 ? forward.Answer : null
        );
}

/// <summary>Handing a case over to another system, and taking it back.</summary>
static class ForwardEndpoints
{
    const int MaxId = 40;

    /// <param name="steps">The group <c>/api/cases/{id}</c>.</param>
    public static void MapForwardSteps(this RouteGroupBuilder steps)
    {
        steps
            .MapPost("/forward", Forward)
            .WithName("forwardCase")
            .WithSummary("Hand a claimed case over to another system")
            .WithDescription(
                "The system is told by a signed webhook, and the case waits for its answer; the claimant keeps it. "
                    + "For a post that may forward, to a system that the case's category names."
            )
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.WrongStatus,
                CaseRejections.SystemNotAllowed,
                CaseRejections.AlreadyForwarded,
                CaseRejections.TooManySteps
            );
        steps
            .MapPost("/recall", CaseStepEndpoints.WithReason((by, reason) => new RecallCase { By = by, Reason = reason }))
            .WithName("recallCase")
            .WithSummary("Take a case back from another system that hasn't answered")
            .WithDescription("The system is told. For the claimant, or a post that may forward.")
            .WithProblems(CaseRejections.NotPermitted, CaseRejections.NotForwarded);
    }

    static Task<CaseResult> Forward(
        string id,
        ForwardRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var system = fields.Text("system", body.System, MaxId);
        var reason = fields.Text("reason", body.Reason, CaseStepEndpoints.MaxReason);
        if (system.Length > 0 && caller.Pack.SystemOf(system) is null)
            fields.Wrong("system", "没有这个系统", "is no system of the pack");
        var command = new ForwardCase
        {
            By = caller.Id,
            System = system,
            Reason = reason,
        };
        return steps.Take(id, command, headers, caller, context, fields);
    }
}
