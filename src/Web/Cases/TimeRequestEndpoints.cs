using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;
using GridActors.Storage.Photos;
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

/// <summary>Pauses and later due times: the claimant asks, and somebody above decides.</summary>
static class TimeRequestEndpoints
{
    /// <param name="steps">The group <c>/api/cases/{id}</c>.</param>
    public static void MapTimeRequests(this RouteGroupBuilder steps)
    {
        steps
            .MapPost("/pause", AskForPause)
            .WithName("askForPause")
            .WithSummary("Ask that the clocks stand still")
            .WithDescription(
                "With a reason, and photos that prove it. The nearest above the claimant who may approve are asked. For the claimant."
            )
            .WithProblems(Asking);
        steps
            .MapPost("/extension", AskForExtension)
            .WithName("askForExtension")
            .WithSummary("Ask for a later due time")
            .WithDescription("How much later, and why. The nearest above the claimant who may approve are asked. For the claimant.")
            .WithProblems(Asking);
        steps
            .MapPost("/grant", Grant)
            .WithName("grantTime")
            .WithSummary("Grant the pause or the later due time that is asked for")
            .WithDescription("For a post above the claimant's that may approve.")
            .WithProblems(CaseRejections.NotPermitted, CaseRejections.WrongStatus);
        steps
            .MapPost("/refuse", CaseStepEndpoints.WithReason((by, reason) => new RefuseTime { By = by, Reason = reason }))
            .WithName("refuseTime")
            .WithSummary("Refuse the pause or the later due time that is asked for")
            .WithDescription("For a post above the claimant's that may approve.")
            .WithProblems(CaseRejections.NotPermitted, CaseRejections.WrongStatus);
        steps
            .MapPost("/resume", CaseStepEndpoints.Bare(by => new ResumeCase { By = by }))
            .WithName("resumeCase")
            .WithSummary("End the pause of a case")
            .WithDescription("The clocks go on, with due times moved by the pause. For the claimant, or a post that may assign.")
            .WithProblems(CaseRejections.NotClaimant, CaseRejections.WrongStatus);
    }

    static readonly string[] Asking =
    [
        CaseRejections.NotClaimant,
        CaseRejections.WrongStatus,
        CaseRejections.NotAllowedByCatalogue,
        CaseRejections.RequestPending,
        CaseRejections.NoApprover,
        CaseRejections.TooManySteps,
    ];

    static async Task<CaseResult> AskForPause(
        string id,
        PauseRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        PhotoStore photos,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var reason = fields.Text("reason", body.Reason, CaseStepEndpoints.MaxReason);
        if (body.Photos is not { Count: > 0 })
            fields.Wrong("photos", "请附上证明照片", "needs a photo as proof");
        var attached = await CaseStepEndpoints.OwnPhotos(fields, body.Photos, caller, photos, cancellationToken);
        var command = new AskForPause
        {
            By = caller.Id,
            Reason = reason,
            Photos = [.. attached],
        };
        return await steps.Take(id, command, headers, caller, context, fields);
    }

    static Task<CaseResult> AskForExtension(
        string id,
        ExtensionRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var term = fields.Text("term", body.Term, 10);
        if (term.Length > 0 && Term.Parse(term) is null)
            fields.Wrong("term", "期限写作 30m、24h、4wh 或 7wd", "is a term like 30m, 24h, 4wh or 7wd");
        var command = new AskForExtension
        {
            By = caller.Id,
            Term = term,
            Reason = fields.Text("reason", body.Reason, CaseStepEndpoints.MaxReason),
        };
        return steps.Take(id, command, headers, caller, context, fields);
    }

    static Task<CaseResult> Grant(
        string id,
        GrantRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var text = fields.Text("text", body.Text, CaseStepEndpoints.MaxReason, required: false);
        return steps.Take(id, new GrantTime { By = caller.Id, Text = text }, headers, caller, context, fields);
    }
}
