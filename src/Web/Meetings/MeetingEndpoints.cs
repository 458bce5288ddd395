using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Meetings;
using GridActors.Contracts.People;
using GridActors.Domain.Meetings;
using GridActors.Domain.Packs;
using GridActors.Storage.Meetings;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using MeetingResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.Meetings.MeetingJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Meetings;

/// <summary>Ledgers and meetings: what waits for the next one, and what happens in one.</summary>
static class MeetingEndpoints
{
    const int MaxPresent = 200;
    const int MaxMinutes = 4000;

    /// <summary>So long after its time a meeting is opened, it is still that one.</summary>
    static readonly TimeSpan MaxDelay = TimeSpan.FromDays(1);

    public static void MapMeetings(this IEndpointRouteBuilder routes)
    {
        var meetings = routes
            .MapGroup("/api/meetings")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Cases")
            .WithProblems(Problem.NotSignedIn, Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.Unavailable);
        meetings
            .MapGet("/", List)
            .WithName("listMeetings")
            .WithSummary("List the meetings of an area and everything below it")
            .WithDescription("The newest comes first.")
            .WithProblems(CaseRejections.NotYourArea);
        meetings
            .MapGet("/agenda", Agenda)
            .WithName("getAgenda")
            .WithSummary("Get the ledger of an area, and when it meets next")
            .WithProblems(CaseRejections.NotYourArea);
        meetings
            .MapGet("/{meeting}", Get)
            .WithName("getMeeting")
            .WithSummary("Get a meeting with its agenda, its decisions and its minutes")
            .WithDescription("For posts that read in its area.");
        var writes = meetings
            .MapGroup("")
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        writes
            .MapPost("/", Open)
            .WithName("openMeeting")
            .WithSummary("Open the next meeting of an area")
            .WithDescription("Its agenda is what is on the ledger then. For a post that may convene; an open meeting is answered again.")
            .WithProblems(CaseRejections.NoMeeting);
        writes
            .MapPost("/{meeting}/attendance", Attend)
            .WithName("recordAttendance")
            .WithSummary("Record who attends")
            .WithDescription("It replaces what was recorded before. For a post that may convene.")
            .WithProblems(CaseRejections.MeetingClosed);
        writes
            .MapPost("/{meeting}/decide", Decide)
            .WithName("decideItem")
            .WithSummary("Record what the meeting decided about a case")
            .WithDescription("With tasks for people or posts. What isn't handled stays on the ledger. For a post that may convene.")
            .WithProblems(CaseRejections.MeetingClosed, CaseRejections.AlreadyDecided, CaseRejections.WrongStatus);
        writes
            .MapPost("/{meeting}/close", Close)
            .WithName("closeMeeting")
            .WithSummary("Close the meeting with its minutes")
            .WithDescription("For a post that may convene.")
            .WithProblems(CaseRejections.MeetingClosed);
    }

    static async Task<Results<Ok<ListJson<ListedMeetingJson>>, ProblemHttpResult>> List(
        [Description("Code of the area; by default the caller's home.")] string? area,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        MeetingQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var before))
            Paging.Wrong(fields);
        if (Area(fields, area, caller, context, out var under) is { } problem)
            return problem;
        var size = Paging.Limit(limit);
        var meetings = await queries.List(under, before, size + 1, cancellationToken);
        return TypedResults.Ok(Paging.Page(meetings, size, m => (m.OpenedAt, m.Id), m => ListedMeetingJson.Of(m, caller.Pack)));
    }

    static async Task<Results<Ok<AgendaJson>, ProblemHttpResult>> Agenda(
        [Description("Code of the area; by default the caller's home.")] string? area,
        Caller caller,
        MeetingQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (Area(Fields.Of(context), area, caller, context, out var of) is { } problem)
            return problem;
        var now = clock.GetUtcNow();
        var ledger = await queries.Ledger(of.Id, cancellationToken);
        var open = await queries.Open(of.Id, cancellationToken);
        return TypedResults.Ok(
            new AgendaJson(
                of.Code,
                of.Name,
                caller.Pack.MeetingOf(of) is { } rule
                    ? open?.ScheduledAt ?? await NextFree(rule, caller.Pack, of, queries, now, cancellationToken)
                    : null,
                open?.Id.ToString("N"),
                caller.Person.Over(of).Has(Permission.Convene) && caller.Pack.MeetingOf(of) is not null,
                AttendeeJson.Of(of, caller.Pack, []),
                [.. ledger.Select(l => LedgerCaseJson.Of(l, caller.Pack, now))]
            )
        );
    }

    static async Task<MeetingResult> Get(string meeting, Caller caller, MeetingCalls calls, HttpContext context) =>
        await calls.Get(meeting, caller, context);

    static async Task<MeetingResult> Open(
        OpenMeetingRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        MeetingCalls calls,
        MeetingQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var code = fields.Text("area", body.Area, CaseStepEndpoints.MaxReason);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (caller.Pack.MeetingOf(area) is not { } rule)
            return Problem.Of(CaseRejections.NoMeeting, context);
        // While a meeting of the area is open, it is the answer, and no second one is opened.
        var scheduled =
            (await queries.Open(area.Id, cancellationToken))?.ScheduledAt
            ?? await NextFree(rule, caller.Pack, area, queries, clock.GetUtcNow(), cancellationToken);
        var command = new OpenMeeting
        {
            By = caller.Id,
            Area = area.Id,
            ScheduledAt = scheduled,
        };
        return await calls.Submit(MeetingIds.Of(area.Id, scheduled), command, headers, caller, context);
    }

    /// <summary>The next planned meeting that wasn't held already: one can be opened before its time, and a day late.</summary>
    static async Task<DateTimeOffset> NextFree(
        MeetingRule rule,
        LoadedPack pack,
        AreaNode area,
        MeetingQueries queries,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var last = await queries.Last(area.Id, cancellationToken);
        var next = MeetingSchedule.Next(rule, pack, now - MaxDelay);
        return last is { } held && held >= next ? MeetingSchedule.Next(rule, pack, held.AddMinutes(1)) : next;
    }

    static Task<MeetingResult> Attend(
        string meeting,
        AttendanceRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        MeetingCalls calls,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var present = body.Present ?? [];
        if (body.Present is null)
            fields.Wrong("present", "必填", "is needed");
        if (present.Count > MaxPresent)
            fields.Wrong("present", $"最多 {MaxPresent} 人", $"has more than {MaxPresent} people");
        if (present.Any(id => id is null || !caller.Pack.People.ContainsKey(id)))
            fields.Wrong("present", "有不认识的人员", "names somebody who isn't in the pack");
        var command = new RecordAttendance
        {
            By = caller.Id,
            Present = fields.AreValid ? [.. present.Select(id => new PersonId(caller.Id.Pack, id))] : [],
        };
        return calls.Submit(meeting, command, fields, headers, caller, context);
    }

    static Task<MeetingResult> Decide(
        string meeting,
        ItemDecisionRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        MeetingCalls calls,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        if (!Guid.TryParseExact(body.Case, "N", out var id))
            fields.Wrong("case", "不是事项编号", "is no id of a case");
        if (body.Handled is null)
            fields.Wrong("handled", "必填", "is needed");
        var command = new DecideItem
        {
            By = caller.Id,
            Case = id,
            Text = fields.Text("text", body.Text, CaseStepEndpoints.MaxText),
            IsHandled = body.Handled == true,
            Tasks = TaskOrders.Of(fields, body.Tasks, caller),
        };
        return calls.Submit(meeting, command, fields, headers, caller, context);
    }

    static Task<MeetingResult> Close(
        string meeting,
        CloseMeetingRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        MeetingCalls calls,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var command = new CloseMeeting { By = caller.Id, Minutes = fields.Text("minutes", body.Minutes, MaxMinutes) };
        return calls.Submit(meeting, command, fields, headers, caller, context);
    }

    /// <returns>Why there is no such area for the caller; null when there is one.</returns>
    static ProblemHttpResult? Area(Fields fields, string? area, Caller caller, HttpContext context, out AreaNode found)
    {
        found = caller.Pack.Root;
        var code = fields.Filter("area", area);
        if (!fields.AreValid)
            return fields.Problem(context);
        if ((code is null ? caller.Person.Home : caller.Area(code)) is not { } asked)
            return Problem.Of(CaseRejections.NotFound, context);
        found = asked;
        return caller.Reads(asked) ? null : Problem.Of(CaseRejections.NotYourArea, context);
    }
}
