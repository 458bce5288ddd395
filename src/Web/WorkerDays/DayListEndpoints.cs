using System.ComponentModel;
using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Time;
using GridActors.Storage.WorkerDays;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.WorkerDays;

/// <summary>The days of many workers in a list, for their heads.</summary>
static class DayListEndpoints
{
    const int MaxDays = 31;

    public static void MapDayList(this IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/api/worker-days")
            .RequireAuthorization()
            .WithTags("Field work")
            .MapGet("", List)
            .WithName("listWorkerDays")
            .WithSummary("List the days of the workers of an area")
            .WithDescription("For a post that may oversee workers there. The latest day first, then by grid; without positions and words.")
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.NotYourArea,
                CaseRejections.Unavailable
            );

    static async Task<Results<Ok<ListJson<WorkerDayItemJson>>, ProblemHttpResult>> List(
        [Description("Code of the area; without it, the topmost of your posts.")] string? area,
        [Description("The first day, such as 2026-11-01; without it `to`, and with `corrected` the 30 days before that, too.")]
            string? from,
        [Description("The last day, at most 30 days later; today without it.")] string? to,
        [Description("Only days to which records came after they had been closed.")] bool? corrected,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        DayListQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = OversightEndpoints.Under(area, caller, context);
        if (under is null)
            return problem!;
        var (fields, now) = (Fields.Of(context), clock.GetUtcNow());
        var last = fields.Day("to", to) ?? caller.Pack.Day(now);
        var first = fields.Day("from", from) ?? (corrected == true ? last.AddDays(1 - MaxDays) : last);
        if (first > last || last.DayNumber - first.DayNumber >= MaxDays)
            fields.Wrong("from", "应在 to 之前 30 天以内", "must be at most 30 days before `to`");
        (DateOnly, string, string)? after = null;
        if (!string.IsNullOrEmpty(cursor) && !TryRead(cursor, caller, out after))
            Paging.Wrong(fields);
        if (!fields.AreValid)
            return fields.Problem(context);
        var size = Paging.Limit(limit);
        var rows = await queries.List(
            OversightEndpoints.AreasOf(under),
            first,
            last,
            corrected == true,
            after,
            size + 1,
            cancellationToken
        );
        return TypedResults.Ok(
            new ListJson<WorkerDayItemJson>(
                [.. rows.Take(size).Select(r => Of(r, caller.Pack, now))],
                rows.Count > size ? Cursor(rows[size - 1].Day) : null
            )
        );
    }

    static string Cursor(StoredDay day) =>
        Paging.Write(day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.Area.Code, day.Person.Id);

    static bool TryRead(string cursor, Caller caller, out (DateOnly, string, string)? after)
    {
        after = null;
        if (Paging.Read(cursor) is not [var text, var area, var person] || !Fields.TryDay(text, out var day))
            return false;
        after = (day, caller.AreaId(area).Key, new PersonId(caller.Pack.Pack.Id, person).Key);
        return true;
    }

    static WorkerDayItemJson Of(DayRow row, LoadedPack pack, DateTimeOffset now)
    {
        var (day, duty) = (row.Day, DutyStates.Intervals(row.Records));
        var isClosed = day.ClosedAt is not null;
        var silence = DutyStates.LongestSilence(row.Records, isClosed ? null : now);
        return new(
            day.Person.Id,
            pack.NameOf(day.Person),
            day.Day,
            day.Area.Code,
            WorkerDayPages.AreaName(pack, day.Area),
            duty.Count > 0 ? duty[0].From : null,
            duty.Count > 0 ? duty[^1].To : null,
            isClosed,
            row.Records.Count(r => WorkerDayQueries.IsCheckIn(r.Kind)),
            row.Records.Count(r => r.Kind == FieldRecordKind.Visit),
            row.Records.Count(r => r.Kind == FieldRecordKind.PatrolStart),
            row.OpenFlags,
            silence is { } longest ? (int)longest.TotalMinutes : null,
            row.Late,
            row.CorrectedAt,
            row.HandedOverAt,
            row.HandedOverTo?.Id,
            row.HandedOverTo is { } next ? pack.NameOf(next) : null
        );
    }
}
