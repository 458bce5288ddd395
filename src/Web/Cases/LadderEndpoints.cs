using GridActors.Contracts.Cases;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Cases;

/// <summary>The steps by which a case climbs, and comes back down.</summary>
static class LadderEndpoints
{
    /// <param name="steps">The group <c>/api/cases/{id}</c>.</param>
    public static void MapLadderSteps(this RouteGroupBuilder steps)
    {
        steps
            .MapPost("/escalate", CaseStepEndpoints.WithReason((by, reason) => new EscalateCase { By = by, Reason = reason }))
            .WithName("escalateCase")
            .WithSummary("Escalate a case to the next level")
            .WithDescription(
                "The case is offered to the posts of the next level of its ladder; a vacant level is passed over. The claim ends, "
                    + "unless the ladder keeps it. Those who had the case go on watching it. For the claimant, or a post that may assign."
            )
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.WrongStatus,
                CaseRejections.NoHigherLevel,
                CaseRejections.TooManySteps
            );
        steps
            .MapPost("/send-back", CaseStepEndpoints.WithReason((by, reason) => new SendCaseBack { By = by, Reason = reason }))
            .WithName("sendCaseBack")
            .WithSummary("Send an escalated case back down")
            .WithDescription(
                "The case is offered again to those of the level from which it climbed. For the claimant, or, while nobody has claimed it, "
                    + "whom it is offered to."
            )
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.WrongStatus,
                CaseRejections.NotEscalated,
                CaseRejections.TooManySteps
            );
    }
}
