using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.People;
using GridActors.Domain.FieldTasks;
using GridActors.Domain.Packs;
using GridActors.Storage.FieldTasks;
using GridActors.Storage.Photos;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Photos;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.FieldTasks;

/// <summary>Tasks that are sent down: their list, their sending, their progress, and what the sender does later.</summary>
static class FieldTaskEndpoints
{
    public const int MaxReason = 500;

    public static void MapFieldTasks(this IEndpointRouteBuilder routes)
    {
        var tasks = routes
            .MapGroup("/api/tasks")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Tasks")
            .WithProblems(Problem.NotSignedIn, CaseRejections.Unavailable);
        tasks
            .MapGet("/", List)
            .WithName("listTasks")
            .WithSummary("List the tasks that were sent to an area, above it or below it, the newest first")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.NotYourArea);
        tasks.MapGet("/templates", Templates).WithName("listTaskTemplates").WithSummary("List the tasks that the pack has ready");
        tasks
            .MapPost("/preview", Preview)
            .WithName("previewTask")
            .WithSummary("Say what a task would cost, before it is sent")
            .WithDescription("Nothing is stored. To-dos times minutes: as the sender says, as such tasks took, or by what is asked for.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.NotYourArea);
        var writes = tasks
            .MapGroup("")
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        writes
            .MapPost("/", Send)
            .WithName("sendTask")
            .WithSummary("Send a task to an area and everything below it")
            .WithDescription("Every to-do is there when this is answered. For a post that may send tasks there.")
            .WithProblems(
                CaseRejections.NotYourArea,
                CaseRejections.NotPermitted,
                FieldTaskRejections.NoTargets,
                FieldTaskRejections.TooManyTargets,
                FieldTaskRejections.DuePassed
            );
        tasks
            .MapGet("/{task}", Get)
            .WithName("getTask")
            .WithSummary("Get a task with its progress in one of its areas, and in those right below")
            .WithProblems(CaseRejections.NotFound, CaseRejections.NotYourArea);
        tasks
            .MapGet("/{task}/photos/{photo}", Photo)
            .WithName("getTaskPhoto")
            .WithSummary("Get a photo of a task or of one of its to-dos")
            .WithDescription(PhotoResult.Description)
            .ProducesPhoto()
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound);
        var steps = writes.MapGroup("/{task}").WithProblems(CaseRejections.NotPermitted, FieldTaskRejections.Recalled);
        steps
            .MapPost("/change", Change)
            .WithName("changeTask")
            .WithSummary("Ask for something else from those who haven't done it yet")
            .WithDescription("What was done stays. Whoever has read it before hasn't read the change.")
            .WithProblems(FieldTaskRejections.DuePassed);
        steps.MapPost("/recall", Recall).WithName("recallTask").WithSummary("Ask nobody any more who hasn't done it yet");
        tasks.MapTargets(writes);
    }

    static async Task<Results<Ok<ListJson<FieldTaskItemJson>>, ProblemHttpResult>> List(
        [Description("Code of the area; by default the caller's home.")] string? area,
        [Description("`open`, `late`, `finished` or `recalled`; without it, all.")] string? state,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        FieldTaskQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (node, problem) = Area(area, caller, context);
        if (node is null)
            return problem!;
        var filter = FieldTaskNames.Filter(state);
        if (filter is null && !string.IsNullOrEmpty(state))
        {
            var fields = Fields.Of(context);
            fields.Wrong("state", "应为 open、late、finished 或 recalled", "must be open, late, finished or recalled");
            return fields.Problem(context);
        }
        if (!Paging.TryRead(cursor, out var after))
            return Paging.Wrong(context);
        var size = Paging.Limit(limit);
        var rows = await queries.List(node, filter ?? TaskFilter.All, after, size + 1, cancellationToken);
        return TypedResults.Ok(Paging.Page(rows, size, r => (r.SentAt, r.Id), r => FieldTaskItemJson.Of(r, caller)));
    }

    static Ok<ListJson<TaskTemplateJson>> Templates(Caller caller, ServiceTime clock)
    {
        var today = caller.Pack.Day(clock.GetUtcNow());
        return TypedResults.Ok(
            new ListJson<TaskTemplateJson>(
                [
                    .. caller.Pack.Pack.Tasks.Select(t => new TaskTemplateJson(
                        t.Id,
                        TaskDefinitionJson.Of(t.Definition),
                        t.Term,
                        t.Rule is { } rule ? ScheduleRuleJson.Of(rule with { From = today }) : null
                    )),
                ],
                null
            )
        );
    }

    static async Task<Results<Ok<TaskPreviewJson>, ProblemHttpResult>> Preview(
        FieldTaskRequest body,
        Caller caller,
        FieldTaskQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var code = fields.Text("area", body.Area, 40);
        var definition = FieldTaskReader.Definition(body, [], caller.Pack, fields);
        var (dueAt, term) = FieldTaskReader.Due(body, caller.Pack, fields);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Person.Over(area).Has(Permission.SendTasks))
            return Problem.Of(CaseRejections.NotYourArea, context);
        var targets = TaskPeople.Targets(area, definition.Audience);
        var holders = targets
            .Select(t => t.Area)
            .Distinct()
            .Select(a => TaskPeople.Holders(caller.Pack.Areas[a], definition.Audience).ToList());
        var people = new HashSet<PersonId>();
        var vacant = 0;
        foreach (var found in holders)
        {
            people.UnionWith(found);
            vacant += found.Count == 0 ? 1 : 0;
        }
        var taken = await queries.Taken(caller.Pack.Pack.Id, definition.Title, cancellationToken);
        var (minutes, basis) = TaskCost.Of(definition, taken);
        var (due, remind) = TaskRules.Times(caller.Pack.WorkingTime, definition, dueAt, term, clock.GetUtcNow());
        return TypedResults.Ok(
            new TaskPreviewJson(targets.Length, people.Count, vacant, minutes, basis, (long)minutes * targets.Length, due, remind)
        );
    }

    static async Task<Results<Created<FieldTaskJson>, ProblemHttpResult>> Send(
        FieldTaskRequest body,
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
        var code = fields.Text("area", body.Area, 40);
        var attached = await CaseStepEndpoints.OwnPhotos(fields, body.Photos, caller, photos, cancellationToken);
        var (dueAt, term) = FieldTaskReader.Due(body, caller.Pack, fields);
        var command = new SendTask
        {
            By = caller.Id,
            Area = caller.AreaId(code),
            Definition = FieldTaskReader.Definition(body, attached, caller.Pack, fields),
            DueAt = dueAt,
            Term = term,
        };
        if (!fields.AreValid)
            return fields.Problem(context);
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Person.Over(area).Has(Permission.SendTasks))
            return Problem.Of(CaseRejections.NotYourArea, context);
        command = command with { Operation = headers.OperationOf(caller.Id, command) };
        var answer = await Submit(headers.NewId(caller.Id, "task"), command, tasks);
        if (answer is not { Rejection: null, Task: { } view })
            return Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
        var own = await queries.Progress(view.Id, cancellationToken);
        return TypedResults.Created($"/api/tasks/{view.Id:N}", FieldTaskJson.Of(view, caller, area, area, own));
    }

    static async Task<Results<Ok<FieldTaskJson>, ProblemHttpResult>> Get(
        string task,
        [Description("Code of the area; by default the task's, or as much of it as the caller may read.")] string? area,
        Caller caller,
        FieldTaskQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, root, under, problem) = await Find(task, area, caller, queries, context, cancellationToken);
        if (view is null)
            return problem!;
        var own = await queries.Progress(view.Id, cancellationToken);
        return TypedResults.Ok(FieldTaskJson.Of(view, caller, root!, under!, own));
    }

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Photo(
        string task,
        string photo,
        [Description(PhotoResult.SizeDescription)] string? size,
        Caller caller,
        FieldTaskQueries queries,
        PhotoStore photos,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, _, under, _) = await Find(task, null, caller, queries, context, cancellationToken);
        var maySee =
            view is not null
            && (
                view.Definition.Photos.Contains(photo)
                || await queries.HasPhoto(
                    view.Id,
                    photo,
                    [.. under!.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)],
                    cancellationToken
                )
            );
        return await PhotoResult.Of(maySee ? photo : null, size, photos, context, cancellationToken);
    }

    static async Task<Results<Ok<FieldTaskJson>, ProblemHttpResult>> Change(
        string task,
        FieldTaskRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IFieldTaskGrain> tasks,
        FieldTaskQueries queries,
        PhotoStore photos,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, _, _, problem) = await Find(task, null, caller, queries, context, cancellationToken);
        if (view is null)
            return problem!;
        var fields = Fields.Of(context);
        // The photos that the task has already may be somebody else's.
        var kept = (body.Photos ?? []).Where(p => view.Definition.Photos.Contains(p)).ToList();
        var added = await CaseStepEndpoints.OwnPhotos(fields, body.Photos?.Except(kept).ToList(), caller, photos, cancellationToken);
        var (dueAt, term) = FieldTaskReader.Due(body, caller.Pack, fields);
        var audience = view.Definition.Audience;
        var asked = body with { Audience = new(audience.Levels, audience.Posts, audience.PerHolder) };
        var command = new ChangeTask
        {
            By = caller.Id,
            Definition = FieldTaskReader.Definition(asked, [.. kept, .. added], caller.Pack, fields),
            DueAt = dueAt,
            Term = term,
        };
        if (!fields.AreValid)
            return fields.Problem(context);
        return await Take(view.Id, command, caller, headers, tasks, queries, context, cancellationToken);
    }

    static async Task<Results<Ok<FieldTaskJson>, ProblemHttpResult>> Recall(
        string task,
        TaskReasonRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IFieldTaskGrain> tasks,
        FieldTaskQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, _, _, problem) = await Find(task, null, caller, queries, context, cancellationToken);
        if (view is null)
            return problem!;
        var fields = Fields.Of(context);
        var command = new RecallTask { By = caller.Id, Reason = fields.Text("reason", body.Reason, MaxReason) };
        if (!fields.AreValid)
            return fields.Problem(context);
        return await Take(view.Id, command, caller, headers, tasks, queries, context, cancellationToken);
    }

    static async Task<Results<Ok<FieldTaskJson>, ProblemHttpResult>> Take(
        Guid id,
        FieldTaskCommand command,
        Caller caller,
        WriteHeaders headers,
        GrainReferences<IFieldTaskGrain> tasks,
        FieldTaskQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        command = command with { Operation = headers.OperationOf(caller.Id, command) };
        var answer = await Submit(id, command, tasks);
        if (answer is not { Rejection: null, Task: { } view })
            return Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
        var root = caller.Pack.StandIn(view.Area.Code)!;
        return TypedResults.Ok(FieldTaskJson.Of(view, caller, root, root, await queries.Progress(id, cancellationToken)));
    }

    /// <summary>The write isn't cancelled when the caller disconnects, because the caller has asked for it.</summary>
    internal static Task<FieldTaskAnswer> Submit(Guid id, FieldTaskCommand command, GrainReferences<IFieldTaskGrain> tasks)
    {
        var actor = tasks.Of(id);
        return ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
    }

    /// <summary>
    /// A task that the caller may see, with the part of its areas that is asked for: all of them for who reads its area, otherwise those
    /// that they read.
    /// </summary>
    internal static async Task<(FieldTaskView? Task, AreaNode? Root, AreaNode? Under, ProblemHttpResult? Problem)> Find(
        string task,
        string? area,
        Caller caller,
        FieldTaskQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var notFound = (default(FieldTaskView), default(AreaNode), default(AreaNode), Problem.Of(CaseRejections.NotFound, context));
        if (
            !Guid.TryParseExact(task, "N", out var id)
            || await queries.Find(id, cancellationToken) is not { } view
            || view.Area.Pack != caller.Pack.Pack.Id
            || caller.Pack.StandIn(view.Area.Code) is not { } root
        )
            return notFound;
        var whole = caller.Reads(root)
            ? root
            : caller.Person.Posts.Select(p => p.Area).FirstOrDefault(a => root.Contains(a) && caller.Reads(a));
        if (whole is null)
            return notFound;
        if (area is null)
            return (view, root, whole, null);
        if (caller.Area(area) is not { } under || !root.Contains(under))
            return notFound;
        return caller.Reads(under) ? (view, root, under, null) : (null, null, null, Problem.Of(CaseRejections.NotYourArea, context));
    }

    static (AreaNode? Area, ProblemHttpResult? Problem) Area(string? code, Caller caller, HttpContext context)
    {
        var node = code is null ? caller.Person.Home : caller.Area(code);
        if (node is null)
            return (null, Problem.Of(CaseRejections.NotFound, context));
        return caller.Reads(node) ? (node, null) : (null, Problem.Of(CaseRejections.NotYourArea, context));
    }
}
