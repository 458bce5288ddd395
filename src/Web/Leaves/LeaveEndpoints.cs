using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Storage.Leaves;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Leaves;

/// <summary>Leave: one's own, and that of the people of one's areas.</summary>
public static class LeaveEndpoints
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static void MapLeaves(this IEndpointRouteBuilder routes)
    {
        var leaves = routes
            .MapGroup("/api/leaves")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Leave")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotFound);
        leaves
            .MapGet("/", List)
            .WithName("listLeaves")
            .WithSummary("List your leave and that for which you stand in, or the leave of an area's people")
            .WithDescription("What begins last comes first. Leave that is over is listed for 90 days.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotYourArea, CaseRejections.Unavailable);
        leaves
            .MapPost("/", Enter)
            .WithName("enterLeave")
            .WithSummary("Enter a leave")
            .WithDescription("Your own, or that of somebody all of whose areas are those in which your posts may assign.")
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotPermitted,
                LeaveRejections.Overlaps,
                LeaveRejections.Loop,
                LeaveRejections.NoDeputy,
                CaseRejections.OutcomeUnknown
            );
        leaves
            .MapPost("/{leave}/end", End)
            .WithName("endLeave")
            .WithSummary("End a leave now, or cancel one that hasn't begun")
            .WithProblems(CaseRejections.NotPermitted, LeaveRejections.Over, CaseRejections.OutcomeUnknown);
    }

    static async Task<Results<Ok<ListJson<LeaveJson>>, ProblemHttpResult>> List(
        [Description("Code of an area: the leave of those who hold a post there or below. For a post that may assign there.")] string? area,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        LeaveStore store,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var before))
            Paging.Wrong(fields);
        var code = fields.Filter("area", area);
        if (!fields.AreValid)
            return fields.Problem(context);
        var under = caller.Area(code);
        if (code is not null && under is null)
            return Problem.Of(CaseRejections.NotFound, context);
        if (under is not null && !caller.Person.Over(under).Has(Permission.Assign))
            return Problem.Of(CaseRejections.NotYourArea, context);

        var size = Paging.Limit(limit);
        var found = (await store.Of(caller.Pack.Pack.Id, cancellationToken))
            .Where(l => under is null ? Concerns(l.Leave, caller) : IsOf(under, l.Leave, caller.Pack))
            .Where(l => before is not { } last || (l.Leave.From, l.Leave.Id).CompareTo(last) < 0)
            .OrderByDescending(l => (l.Leave.From, l.Leave.Id))
            .Take(size + 1)
            .ToList();
        var now = clock.GetUtcNow();
        return TypedResults.Ok(
            Paging.Page(found, size, l => (l.Leave.From, l.Leave.Id), l => LeaveJson.Of(l, caller.Pack, caller.Person, now))
        );
    }

    static bool Concerns(Leave leave, Caller caller) => leave.Person == caller.Id || Deputies.Of(caller.Pack, leave).Contains(caller.Id);

    static bool IsOf(AreaNode area, Leave leave, LoadedPack pack) =>
        pack.Person(leave.Person)?.Posts.Any(held => area.Contains(held.Area)) == true;

    static async Task<Results<Ok<LeaveJson>, ProblemHttpResult>> Enter(
        NewLeaveRequest body,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        LeaveStore store,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var fields = Fields.Of(context);
        var from = fields.Time("from", body.From, caller.Pack) ?? now;
        var to = fields.Time("to", body.To, caller.Pack);
        if (from < now)
            from = now;
        if (string.IsNullOrWhiteSpace(body.To))
            fields.Wrong("to", "必填", "is needed");
        else if (to is { } end && end <= from)
            fields.Wrong("to", "应晚于开始时间和现在", "must be later than its beginning, and than now");
        else if (to - from > Longest)
            fields.Wrong("to", "一次请假最长一年", "is more than a year later: enter a year at most");
        var person = fields.Filter("person", body.Person) is { } id ? new PersonId(caller.Pack.Pack.Id, id) : caller.Id;
        var deputy = fields.Filter("deputy", body.Deputy) is { } other ? new PersonId(caller.Pack.Pack.Id, other) : default(PersonId?);
        if (deputy is { } named && (named == person || caller.Pack.Person(named) is not { Posts.Count: > 0 }))
            fields.Wrong("deputy", "应为在岗的另一个人", "must be somebody else who holds a post");
        if (!fields.AreValid)
            return fields.Problem(context);

        var leave = new Leave(IdOf(headers, caller), person, Stored(from), Stored(to!.Value), deputy);
        if (await store.Enter(caller.Pack, caller.Person, caller.Address, leave, cancellationToken) is { } code)
            return Problem.Of(code, context);
        return await Answer(leave.Id, caller, store, clock, context, cancellationToken);
    }

    static async Task<Results<Ok<LeaveJson>, ProblemHttpResult>> End(
        string leave,
        Caller caller,
        LeaveStore store,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            !Guid.TryParseExact(leave, "N", out var id)
            || (await store.Of(caller.Pack.Pack.Id, cancellationToken)).FirstOrDefault(l => l.Leave.Id == id) is not { } known
            || caller.Pack.Person(known.Leave.Person) is not { } person
        )
            return Problem.Of(CaseRejections.NotFound, context);
        if (!LeaveRules.MayEnter(caller.Person, person))
            return Problem.Of(Concerns(known.Leave, caller) ? CaseRejections.NotPermitted : CaseRejections.NotFound, context);
        if (!await store.End(caller.Pack, id, caller.Id, caller.Address, cancellationToken))
            return Problem.Of(LeaveRejections.Over, context);
        return await Answer(id, caller, store, clock, context, cancellationToken);
    }

    static async Task<Results<Ok<LeaveJson>, ProblemHttpResult>> Answer(
        Guid id,
        Caller caller,
        LeaveStore store,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var entered = (await store.Of(caller.Pack.Pack.Id, cancellationToken)).FirstOrDefault(l => l.Leave.Id == id);
        return entered is null
            ? Problem.Of(CaseRejections.NotFound, context)
            : TypedResults.Ok(LeaveJson.Of(entered, caller.Pack, caller.Person, clock.GetUtcNow()));
    }

    /// <summary>The same for every repeat with one key.</summary>
    static Guid IdOf(WriteHeaders headers, Caller caller) =>
        headers.IdempotencyKey is { } key ? OperationIds.OfCreated(caller.Id.Key, "leave " + key) : Guid.CreateVersion7();

    /// <summary>In whole microseconds, which is PostgreSQL's precision.</summary>
    static DateTimeOffset Stored(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime();
}
