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

namespace GridActors.Web.Consultations;

/// <summary>The steps of a case that concern consultations: calling one, and finishing a task that it gave.</summary>
static class ConsultationSteps
{
    /// <param name="steps">The group <c>/api/cases/{id}</c>.</param>
    public static void MapConsultationSteps(this RouteGroupBuilder steps)
    {
        steps
            .MapPost("/consult", Call)
            .WithName("callConsultation")
            .WithSummary("Call a consultation about a case")
            .WithDescription(
                "The parties that the pack names are invited by their posts, and owe an opinion by a clock of its own. "
                    + "For a post that may consult. A confidential case invites only people whom it concerns already."
            )
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.WrongStatus,
                CaseRejections.AlreadyConsulted,
                CaseRejections.NoParty,
                CaseRejections.TooManySteps
            );
        steps
            .MapPost("/tasks/{number:int}/finish", Finish)
            .WithName("finishTask")
            .WithSummary("Finish a task")
            .WithDescription(
                "It is done, or a note says why it can't be. "
                    + "For its owners, who holds the post now that it was given to, and who decided it."
            )
            .WithProblems(CaseRejections.NotPermitted, CaseRejections.AlreadyFinished);
    }

    static Task<CaseResult> Call(
        string id,
        ConsultRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var reason = fields.Text("reason", body.Reason, CaseStepEndpoints.MaxReason);
        var department = fields.Filter("department", body.Department);
        if (department is not null && !caller.Pack.Departments.ContainsKey(department))
            fields.Wrong("department", "没有这个部门", "is no department");
        var command = new CallConsultation
        {
            By = caller.Id,
            Reason = reason,
            Department = department,
        };
        return steps.Take(id, command, headers, caller, context, fields);
    }

    static Task<CaseResult> Finish(
        string id,
        int number,
        FinishTaskRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        if (body.Done is null)
            fields.Wrong("done", "必填", "is needed");
        var note = fields.Text("note", body.Note, CaseStepEndpoints.MaxText, required: body.Done == false);
        var command = new FinishTask
        {
            By = caller.Id,
            Task = number,
            IsDone = body.Done == true,
            Note = note,
        };
        return steps.Take(id, command, headers, caller, context, fields);
    }
}
