using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.FieldTasks;
using GridActors.Domain.Packs;
using GridActors.Storage.FieldTasks;
using GridActors.Storage.Photos;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ScheduleResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.FieldTasks.TaskScheduleJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.FieldTasks;

/// <summary>Schedules, which send a task again and again.</summary>
static class TaskScheduleEndpoints
{
    public static void MapTaskSchedules(this IEndpointRouteBuilder routes)
    {
        var schedules = routes
            .MapGroup("/api/task-schedules")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Tasks")
            .WithProblems(Problem.NotSignedIn, CaseRejections.Unavailable);
        schedules
            .MapGet("/", List)
            .WithName("listTaskSchedules")
            .WithSummary("List the schedules of areas that you may read, those that go on first");
        var writes = schedules
            .MapGroup("")
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.NotPermitted,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        writes
            .MapPost("/", Begin)
            .WithName("beginTaskSchedule")
            .WithSummary("Have a task sent again and again")
            .WithDescription("By a recurrence of iCalendar, on the pack's calendar. For a post that may send tasks there.")
            .WithProblems(CaseRejections.NotYourArea, FieldTaskRejections.NeverRuns);
        var steps = writes.MapGroup("/{schedule}").WithProblems(FieldTaskRejections.ScheduleEnded);
        steps.MapPost("/pause", Pause).WithName("pauseTaskSchedule").WithSummary("Send nothing until it is resumed");
        steps.MapPost("/resume", Resume).WithName("resumeTaskSchedule").WithSummary("Go on from now");
        steps.MapPost("/end", End).WithName("endTaskSchedule").WithSummary("Send nothing any more");
    }

    static async Task<Ok<ListJson<TaskScheduleJson>>> List(Caller caller, FieldTaskQueries queries, CancellationToken cancellationToken)
    {
        var schedules = await queries.Schedules(caller.Pack.Pack.Id, cancellationToken);
        var seen = schedules.Where(s => caller.Pack.StandIn(s.Area.Code) is { } area && caller.Reads(area));
        return TypedResults.Ok(new ListJson<TaskScheduleJson>([.. seen.Select(s => TaskScheduleJson.Of(s, caller))], null));
    }

    static async Task<Results<Created<TaskScheduleJson>, ProblemHttpResult>> Begin(
        TaskScheduleRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<ITaskScheduleGrain> schedules,
        PhotoStore photos,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        if (body.Task is null)
            fields.Wrong("task", "必填", "is needed");
        if (body.Rule is null)
            fields.Wrong("rule", "必填", "is needed");
        if (body is not { Task: { } asked, Rule: { } when })
            return fields.Problem(context);
        var code = fields.Text("area", asked.Area, 40);
        var attached = await CaseStepEndpoints.OwnPhotos(fields, asked.Photos, caller, photos, cancellationToken);
        var command = new BeginSchedule
        {
            By = caller.Id,
            Area = caller.AreaId(code),
            Definition = FieldTaskReader.Definition(asked, attached, caller.Pack, fields),
            Rule = FieldTaskReader.Rule(when, caller.Pack.Day(clock.GetUtcNow()), fields),
        };
        if (!fields.AreValid)
            return fields.Problem(context);
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Person.Over(area).Has(Permission.SendTasks))
            return Problem.Of(CaseRejections.NotYourArea, context);
        command = command with { Operation = headers.OperationOf(caller.Id, command) };
        var answer = await Submit(headers.NewId(caller.Id, "task-schedule"), command, schedules);
        return answer is { Rejection: null, Schedule: { } view }
            ? TypedResults.Created($"/api/task-schedules/{view.Id:N}", TaskScheduleJson.Of(view, caller))
            : Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
    }

    static Task<ScheduleResult> Pause(
        string schedule,
        TaskReasonRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<ITaskScheduleGrain> schedules,
        HttpContext context
    ) => Take(schedule, f => new PauseSchedule { By = caller.Id, Reason = ReasonOf(body, f) }, caller, headers, schedules, context);

    static Task<ScheduleResult> Resume(
        string schedule,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<ITaskScheduleGrain> schedules,
        HttpContext context
    ) => Take(schedule, _ => new ResumeSchedule { By = caller.Id }, caller, headers, schedules, context);

    static Task<ScheduleResult> End(
        string schedule,
        TaskReasonRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<ITaskScheduleGrain> schedules,
        HttpContext context
    ) => Take(schedule, f => new EndSchedule { By = caller.Id, Reason = ReasonOf(body, f) }, caller, headers, schedules, context);

    static string ReasonOf(TaskReasonRequest body, Fields fields) => fields.Text("reason", body.Reason, FieldTaskEndpoints.MaxReason);

    static async Task<ScheduleResult> Take(
        string schedule,
        Func<Fields, TaskScheduleCommand> read,
        Caller caller,
        WriteHeaders headers,
        GrainReferences<ITaskScheduleGrain> schedules,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var command = read(fields);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (!Guid.TryParseExact(schedule, "N", out var id))
            return Problem.Of(CaseRejections.NotFound, context);
        command = command with { Operation = headers.OperationOf(caller.Id, command) };
        var answer = await Submit(id, command, schedules);
        // Another pack's schedule is as if there were none.
        if (answer.Schedule is { } other && other.Area.Pack != caller.Pack.Pack.Id)
            return Problem.Of(CaseRejections.NotFound, context);
        return answer is { Rejection: null, Schedule: { } view }
            ? TypedResults.Ok(TaskScheduleJson.Of(view, caller))
            : Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
    }

    static Task<TaskScheduleAnswer> Submit(Guid id, TaskScheduleCommand command, GrainReferences<ITaskScheduleGrain> schedules)
    {
        var actor = schedules.Of(id);
        return ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
    }
}
