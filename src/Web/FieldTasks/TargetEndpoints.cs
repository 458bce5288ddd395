using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.FieldTasks;
using GridActors.Domain.FieldTasks;
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
using TargetResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.FieldTasks.TargetJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.FieldTasks;

/// <summary>The to-dos of tasks: the caller's own, those of a task, and every step of one.</summary>
static class TargetEndpoints
{
    const int MaxNote = 2000;
    const int MaxTicked = 60;
    const int MaxCount = 1_000_000;
    const int MaxMine = 500;

    /// <summary>For so long the caller's own list shows what they have done.</summary>
    static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    public static void MapTargets(this IEndpointRouteBuilder tasks, IEndpointRouteBuilder writes)
    {
        tasks
            .MapGet("/mine", Mine)
            .WithName("listMyTasks")
            .WithSummary("List the caller's own to-dos, what is due first coming first")
            .WithDescription("Those of the posts that they hold, and of those for whom they stand in.")
            .WithProblems(Problem.InvalidRequest);
        tasks
            .MapGet("/{task}/targets", Targets)
            .WithName("listTaskTargets")
            .WithSummary("List the to-dos of a task: who has read it, who has done it, with what they show for it")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.NotYourArea);
        var steps = writes.MapGroup("/{task}/targets/{area}");
        var own = steps.MapGroup("").WithProblems(FieldTaskRejections.NotYourTask);
        own.MapPost("/read", Read).WithName("readTask").WithSummary("Say that the caller has seen what is asked");
        own.MapPost("/done", Do)
            .WithName("doTask")
            .WithSummary("Say that it is done, or confirm a notice")
            .WithDescription(
                "The first completion counts. One that a phone took before it could hear of a recall is kept beside it (`takenAt`)."
            )
            .WithProblems(FieldTaskRejections.AlreadyDone, FieldTaskRejections.ProofMissing, FieldTaskRejections.Recalled);
        own.MapPost("/refuse", Refuse)
            .WithName("refuseTask")
            .WithSummary("Say that it can't be done here, and why")
            .WithProblems(FieldTaskRejections.AlreadyDone, FieldTaskRejections.Recalled);
        steps
            .MapPost("/return", Return)
            .WithName("returnTask")
            .WithSummary("Have it done again, or all the same")
            .WithDescription("For a post that may send tasks there.")
            .WithProblems(CaseRejections.NotPermitted, FieldTaskRejections.NotDone, FieldTaskRejections.Recalled);
    }

    static async Task<Results<Ok<ListJson<MyTaskJson>>, ProblemHttpResult>> Mine(
        [Description("`open` (by default), or `all` for what was settled within a week, too.")] string? state,
        Caller caller,
        FieldTaskQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (state is not (null or "open" or "all"))
        {
            var fields = Fields.Of(context);
            fields.Wrong("state", "应为 open 或 all", "must be open or all");
            return fields.Problem(context);
        }
        var (pack, now) = (caller.Pack, clock.GetUtcNow());
        string[] areas = [.. TaskPeople.AreasOf(pack, caller.Person, now).SelectMany(a => a.WithFormer).Select(a => a.Key)];
        var found = await queries.Of(areas, state == "all" ? now - Lately : null, MaxMine, cancellationToken);
        var mine = found.Where(f => TaskPeople.MayDo(pack, f.Task.Definition.Audience, f.Target.Key, caller.Id, now));
        return TypedResults.Ok(new ListJson<MyTaskJson>([.. mine.Select(f => MyTaskJson.Of(f.Task, f.Target, pack))], null));
    }

    static async Task<Results<Ok<ListJson<TargetJson>>, ProblemHttpResult>> Targets(
        string task,
        [Description("Code of the area, with those below; by default the task's.")] string? area,
        [Description("`open`, `late`, `done`, `refused` or `recalled`; without it, all.")] string? state,
        [Description("Whether somebody has seen what is asked.")] bool? read,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        FieldTaskQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, _, under, problem) = await FieldTaskEndpoints.Find(task, area, caller, queries, context, cancellationToken);
        if (view is null)
            return problem!;
        var (status, fields) = (state == "late" ? TargetStatus.Open : FieldTaskNames.Status(state), Fields.Of(context));
        if (status is null && !string.IsNullOrEmpty(state))
            fields.Wrong("state", "应为 open、late、done、refused 或 recalled", "must be open, late, done, refused or recalled");
        var after = string.IsNullOrEmpty(cursor) ? null : Paging.Read(cursor);
        if (!string.IsNullOrEmpty(cursor) && after is not { Length: 2 })
            Paging.Wrong(fields);
        if (!fields.AreValid)
            return fields.Problem(context);
        var size = Paging.Limit(limit);
        var rows = await queries.Targets(
            view.Id,
            [.. under!.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)],
            status,
            state == "late",
            read,
            after is [var code, var person] ? (caller.AreaId(code).Key, person) : null,
            size + 1,
            cancellationToken
        );
        return TypedResults.Ok(
            new ListJson<TargetJson>(
                [.. rows.Take(size).Select(r => TargetJson.Of(r, view.Definition.Audience, caller.Pack))],
                rows.Count > size ? Paging.Write(rows[size - 1].Area.Code, rows[size - 1].Person?.Id ?? "") : null
            )
        );
    }

    static Task<TargetResult> Read(
        string task,
        string area,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IFieldTaskGrain> tasks,
        FieldTaskQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    ) => Take(task, new ReadTarget { By = caller.Id, Area = area }, caller, headers, tasks, queries, context, cancellationToken);

    static async Task<TargetResult> Do(
        string task,
        string area,
        DoTargetRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IFieldTaskGrain> tasks,
        FieldTaskQueries queries,
        PhotoStore photos,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var attached = await CaseStepEndpoints.OwnPhotos(fields, body.Photos, caller, photos, cancellationToken);
        if (body.Count is < 0 or > MaxCount)
            fields.Wrong("count", $"应在 0 至 {MaxCount} 之间", $"is between 0 and {MaxCount}");
        var command = new DoTarget
        {
            By = caller.Id,
            Area = area,
            Note = fields.Text("note", body.Note, MaxNote, required: false),
            Photos = [.. attached],
            Count = body.Count,
            Ticked = [.. (body.Ticked ?? []).Take(MaxTicked).Distinct()],
            TakenAt = fields.Time("takenAt", body.TakenAt, caller.Pack),
        };
        if (!fields.AreValid)
            return fields.Problem(context);
        return await Take(task, command, caller, headers, tasks, queries, context, cancellationToken);
    }

    static async Task<TargetResult> Refuse(
        string task,
        string area,
        TaskReasonRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IFieldTaskGrain> tasks,
        FieldTaskQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var reason = fields.Text("reason", body.Reason, FieldTaskEndpoints.MaxReason);
        if (!fields.AreValid)
            return fields.Problem(context);
        var command = new RefuseTarget
        {
            By = caller.Id,
            Area = area,
            Reason = reason,
        };
        return await Take(task, command, caller, headers, tasks, queries, context, cancellationToken);
    }

    static async Task<TargetResult> Return(
        string task,
        string area,
        ReturnTargetRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IFieldTaskGrain> tasks,
        FieldTaskQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var command = new ReturnTarget
        {
            By = caller.Id,
            Area = area,
            Reason = fields.Text("reason", body.Reason, FieldTaskEndpoints.MaxReason),
            Person = string.IsNullOrEmpty(body.Person) ? null : body.Person,
        };
        if (!fields.AreValid)
            return fields.Problem(context);
        return await Take(task, command, caller, headers, tasks, queries, context, cancellationToken);
    }

    /// <summary>Whoever may not see the task is told that there is none.</summary>
    static async Task<TargetResult> Take(
        string task,
        TargetCommand command,
        Caller caller,
        WriteHeaders headers,
        GrainReferences<IFieldTaskGrain> tasks,
        FieldTaskQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            !Guid.TryParseExact(task, "N", out var id)
            || await queries.Find(id, cancellationToken) is not { } view
            || view.Area.Pack != caller.Pack.Pack.Id
        )
            return Problem.Of(CaseRejections.NotFound, context);
        command = command with { Operation = headers.OperationOf(caller.Id, command) };
        var answer = await FieldTaskEndpoints.Submit(id, command, tasks);
        if (answer is not { Rejection: null, Task: { } after, Target: { } key })
            return Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
        var rows = await queries.Targets(id, [caller.AreaId(key.Area).Key], null, false, null, null, Paging.MaxLimit, cancellationToken);
        return rows.FirstOrDefault(r => r.Key == key) is { } row
            ? TypedResults.Ok(TargetJson.Of(row, after.Definition.Audience, caller.Pack))
            : Problem.Of(CaseRejections.NotFound, context);
    }
}
