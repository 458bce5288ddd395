using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Staff;
using GridActors.Storage.Staff;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Staff;

/// <summary>
/// Posts and people as an administrator changes them: who is appointed, who gives up a post, who leaves, and what is vacant.
/// </summary>
public static class StaffEndpoints
{
    const int MaxName = 60;
    const int MaxVacancies = 200;

    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
        var staff = routes
            .MapGroup("/api/admin/staff")
            .RequireAuthorization(AdministrationEndpoints.Policy)
            .CheckWriteHeaders()
            .WithTags("Administration")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotPermitted);
        staff
            .MapGet("/changes", List)
            .WithName("listStaffChanges")
            .WithSummary("List the changes of posts and people that wait, and those of the last 90 days")
            .WithDescription("What was entered last comes first.")
            .WithProblems(CaseRejections.Unavailable);
        staff
            .MapPost("/changes", Enter)
            .WithName("enterStaffChange")
            .WithSummary("Appoint somebody, end a post, or let somebody leave, from today or a later day on")
            .WithDescription(
                "On its day it becomes the next version of the pack, and open cases follow: claims go to the successor, or wait for "
                    + "a claim again, to-dos go to those who hold the posts. What can't be made is refused at once, also for a later day."
            )
            .WithProblems(Problem.InvalidRequest, Problem.StaffConflict, CaseRejections.OutcomeUnknown);
        staff
            .MapPost("/changes/{change}/cancel", Cancel)
            .WithName("cancelStaffChange")
            .WithSummary("Cancel a change whose day hasn't come")
            .WithProblems(CaseRejections.NotFound, Problem.StaffChangeOver, CaseRejections.OutcomeUnknown);
        staff
            .MapGet("/vacancies", Vacant)
            .WithName("listVacancies")
            .WithSummary("List the vacant posts in an area and below")
            .WithProblems(CaseRejections.NotFound);
        staff
            .MapGet("/people/{person}", Member)
            .WithName("getStaffMember")
            .WithSummary("Get somebody's posts, and how many open cases they would leave behind")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
    }

    static async Task<Ok<ListJson<StaffChangeJson>>> List(Caller caller, StaffChanges changes, CancellationToken cancellationToken)
    {
        var all = await changes.Of(caller.Pack.Pack.Id, cancellationToken);
        return TypedResults.Ok(new ListJson<StaffChangeJson>([.. all.Select(c => StaffChangeJson.Of(c, caller.Pack))], null));
    }

    static async Task<Results<Ok<StaffChangeJson>, ProblemHttpResult>> Enter(
        NewStaffChangeRequest body,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        StaffChanges changes,
        ServiceTime time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var id = headers.IdempotencyKey is { } key ? OperationIds.OfCreated(caller.Id.Key, "staff " + key) : Guid.CreateVersion7();
        var change = Read(id, body, caller.Pack, caller.Pack.WorkingTime.DayOf(time.GetUtcNow()), fields);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (await changes.Enter(caller.Pack, change, caller.Id, caller.Address, cancellationToken) is { } reason)
            return Problem.Of(Problem.StaffConflict, context, ("reason", reason));
        return await Answer(id, caller, changes, context, cancellationToken);
    }

    static StaffChange Read(Guid id, NewStaffChangeRequest body, LoadedPack pack, DateOnly today, Fields fields)
    {
        var kind = ApiNames.StaffChangeKindOf(body.Kind);
        if (kind is null)
            fields.Wrong("kind", "应为 appoint、end 或 leave", "must be appoint, end or leave");
        var person = fields.Text("person", body.Person, MaxName);
        var name = body.Name is null ? null : fields.Text("name", body.Name, MaxName);
        var known = pack.People.GetValueOrDefault(person);
        if (kind is StaffChangeKind.Appoint && known is null && name is null)
            fields.Wrong("name", "新来的人要填姓名", "is needed for somebody who isn't in the pack yet");
        else if (kind is not StaffChangeKind.Appoint && known is null)
            fields.Wrong("person", "没有这个人", "is nobody of the pack");
        if (kind is StaffChangeKind.Leave && known?.Posts.Count == 0)
            fields.Wrong("person", "已经没有岗位", "holds no post any more");
        var (area, post) = kind is StaffChangeKind.Leave ? (null, null) : (body.Area, body.Post);
        if (kind is StaffChangeKind.Appoint or StaffChangeKind.End)
            CheckPost(kind.Value, known, area, post, pack, fields);
        var successor = kind is StaffChangeKind.Appoint ? null : fields.Filter("successor", body.Successor);
        if (successor is not null && (successor == person || !pack.People.ContainsKey(successor)))
            fields.Wrong("successor", "应为本地的另一个人", "must be somebody else of the pack");
        if (body.On is { Year: >= 3000 })
            fields.Wrong("on", "应为日期（2026-11-25）", "must be a date like 2026-11-25");
        var on = body.On > today ? body.On.Value : today;
        return new(id, kind ?? default, person, known is null ? name : null, area, post, successor, on);
    }

    static void CheckPost(StaffChangeKind kind, PersonEntry? known, string? area, string? post, LoadedPack pack, Fields fields)
    {
        var place = area is null ? null : pack.Areas.GetValueOrDefault(area);
        var found = pack.Pack.Posts.FirstOrDefault(p => p.Id == post);
        if (place is null)
            fields.Wrong("area", "没有这个区域", "is no area of the pack");
        if (found is null)
            fields.Wrong("post", "没有这个岗位", "is no post of the pack");
        if (place is null || found is null)
            return;
        if (kind == StaffChangeKind.Appoint && !found.Levels.Contains(place.Level.Id))
            fields.Wrong("post", "这一级没有这个岗位", "can't be held at the area's level");
        if (kind == StaffChangeKind.End && known?.Posts.Any(h => h.Post == found && h.Area == place) == false)
            fields.Wrong("post", "不在这个岗位上", "isn't held by the person there");
    }

    static async Task<Results<Ok<StaffChangeJson>, ProblemHttpResult>> Cancel(
        string change,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        StaffChanges changes,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var pack = caller.Pack.Pack.Id;
        if (
            !Guid.TryParseExact(change, "N", out var id)
            || (await changes.Of(pack, cancellationToken)).FirstOrDefault(c => c.Change.Id == id) is not { } known
        )
            return Problem.Of(CaseRejections.NotFound, context);
        var isDone = await changes.Cancel(pack, id, caller.Id, cancellationToken) || known.CancelledBy is not null;
        return isDone ? await Answer(id, caller, changes, context, cancellationToken) : Problem.Of(Problem.StaffChangeOver, context);
    }

    static async Task<Results<Ok<StaffChangeJson>, ProblemHttpResult>> Answer(
        Guid id,
        Caller caller,
        StaffChanges changes,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var entered = (await changes.Of(caller.Pack.Pack.Id, cancellationToken)).FirstOrDefault(c => c.Change.Id == id);
        return entered is null ? Problem.Of(CaseRejections.NotFound, context) : TypedResults.Ok(StaffChangeJson.Of(entered, caller.Pack));
    }

    static Results<Ok<VacanciesJson>, ProblemHttpResult> Vacant(
        [Description("Code of the area; by default the whole pack.")] string? area,
        Caller caller,
        HttpContext context
    )
    {
        if ((area is null ? caller.Pack.Root : caller.Area(area)) is not { } root)
            return Problem.Of(CaseRejections.NotFound, context);
        var all = Vacancies.In(caller.Pack, root).ToList();
        return TypedResults.Ok(new VacanciesJson(all.Count, [.. all.Take(MaxVacancies).Select(VacancyJson.Of)]));
    }

    static async Task<Results<Ok<StaffMemberJson>, ProblemHttpResult>> Member(
        string person,
        Caller caller,
        OpenWorkQueries open,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        caller.Pack.People.GetValueOrDefault(person) is { } known
            ? TypedResults.Ok(StaffMemberJson.Of(known, await open.Of(known.Id, cancellationToken)))
            : Problem.Of(CaseRejections.NotFound, context);
}
