using GridActors.Contracts.Cases;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using CaseResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    GridActors.Web.GeneratedOk<GridActors.Web.Cases.CaseJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Meetings;

/// <summary>The step of a case that puts it on a ledger.</summary>
static class LedgerSteps
{
    /// <param name="steps">The group <c>/api/cases/{id}</c>.</param>
    public static void MapLedgerSteps(this RouteGroupBuilder steps) =>
        steps
            .MapPost("/table", Table)
            .WithName("tableCase")
            .WithSummary("Put a case on the ledger of an area, for its next meeting")
            .WithDescription(
                "For the claimant, or, while nobody has claimed the case, whom it is offered to; for posts that may assign or convene. "
                    + "A confidential case is for no meeting."
            )
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.WrongStatus,
                CaseRejections.NoMeeting,
                CaseRejections.AlreadyTabled,
                CaseRejections.TooManySteps
            );

    static Task<CaseResult> Table(
        string id,
        TableRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var code = fields.Filter("area", body.Area);
        var command = new TableCase
        {
            By = caller.Id,
            Reason = fields.Text("reason", body.Reason, CaseStepEndpoints.MaxReason),
            Area = code is null ? null : caller.AreaId(code),
        };
        return steps.Take(id, command, headers, caller, context, fields);
    }
}
