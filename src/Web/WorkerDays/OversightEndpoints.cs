using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Access;
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

/// <summary>What heads see of the workers below: who is on duty, what is doubted, who was near a place, where there is no signal.</summary>
static class OversightEndpoints
{
    const double MaxRadius = 5000;
    static readonly TimeSpan LongestTime = TimeSpan.FromDays(7);

    public static void MapOversight(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api")
            .RequireAuthorization()
            .WithTags("Field work")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotFound, CaseRejections.NotYourArea, CaseRejections.Unavailable);
        api.MapGet("/on-duty", OnDuty)
            .WithName("listOnDuty")
            .WithSummary("List who is on duty now")
            .WithDescription("By grid. Positions are there for who may read tracks; that they looked is recorded.");
        api.MapGet("/flags", Flags)
            .WithName("listFlags")
            .WithSummary("List the doubts about records, the newest first")
            .WithProblems(Problem.InvalidRequest);
        api.MapGet("/signal", Signal)
            .WithName("getSignalMap")
            .WithSummary("Get where phones have no signal")
            .WithDescription("By cells of half a kilometre and the records of 30 days, without people and times.");
        api.MapGet("/near", Near)
            .WithName("listNear")
            .WithSummary("List who was near a place")
            .WithDescription("People and times, and no tracks, of seven days at most. Each question is recorded.")
            .WithProblems(Problem.InvalidRequest);
    }

    static async Task<Results<Ok<SignalMapJson>, ProblemHttpResult>> Signal(
        [Description("Code of the area; without it, the topmost of your posts.")] string? area,
        Caller caller,
        SignalQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = Under(area, caller, context);
        if (under is null)
            return problem!;
        var since = caller.Pack.Day(clock.GetUtcNow()).AddDays(1 - SignalRule.Days);
        var cells = await queries.Cells(AreasOf(under), since, cancellationToken);
        return TypedResults.Ok(
            new SignalMapJson(
                under.Code,
                since,
                SignalRule.CellSize,
                [
                    .. cells.Select(c => new SignalCellJson(
                        c.Centre.Lon,
                        c.Centre.Lat,
                        c.Area.Code,
                        WorkerDayPages.AreaName(caller.Pack, c.Area),
                        c.Records,
                        c.HeldBack,
                        (int)c.Longest.TotalMinutes
                    )),
                ]
            )
        );
    }

    static async Task<Results<Ok<ListJson<OnDutyJson>>, ProblemHttpResult>> OnDuty(
        [Description("Code of the area; without it, the topmost of your posts.")] string? area,
        Caller caller,
        WorkerDayQueries queries,
        AccessJournal journal,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = Under(area, caller, context);
        if (under is null)
            return problem!;
        var now = clock.GetUtcNow();
        var mayReadTracks = caller.Person.Over(under).Has(Permission.ReadTracks);
        var open = await queries.Open(AreasOf(under), caller.Pack.Day(now).AddDays(-1), cancellationToken);
        if (mayReadTracks)
            journal.RecordOnceAnHour(new(AccessKind.Track, caller.Id, caller.Address, Subject: $"on-duty {under.Code}"));
        OnDutyJson[] items =
        [
            .. open.Select(d => (Day: d, Duty: DutyStates.At(d.Records, now, isOpen: true)))
                .Where(d => d.Duty.State != DutyState.Off)
                .Select(d => OnDutyOf(d.Day, d.Duty, mayReadTracks, caller, now))
                .OrderBy(d => d.Area, StringComparer.Ordinal)
                .ThenBy(d => d.Person, StringComparer.Ordinal),
        ];
        return TypedResults.Ok(new ListJson<OnDutyJson>(items, null));
    }

    static OnDutyJson OnDutyOf(OpenDay open, Duty duty, bool mayReadTracks, Caller caller, DateTimeOffset now)
    {
        var (pack, day) = (caller.Pack, open.Day);
        var node = pack.StandIn(day.Area.Code);
        var post = node is null ? null : pack.Person(day.Person)?.PostOver(node)?.Post;
        var last = open.Records.Max(r => r.At);
        return new(
            day.Person.Id,
            pack.NameOf(day.Person),
            post?.Id,
            post?.Name,
            day.Area.Code,
            WorkerDayPages.AreaName(pack, day.Area),
            WorkerDayNames.Of(duty.State),
            duty.Since,
            open.LastSeen?.At ?? last,
            mayReadTracks && open.LastSeen is { } seen
                ? new(seen.Position.Lon, seen.Position.Lat, Math.Round(seen.Accuracy, 1), "device", "wgs84")
                : null,
            open.CheckIns,
            open.Visits,
            open.OpenFlags,
            Math.Round(Math.Max(0, (now - last).TotalHours), 1)
        );
    }

    static async Task<Results<Ok<ListJson<FlagItemJson>>, ProblemHttpResult>> Flags(
        [Description("Code of the area; without it, the topmost of your posts.")] string? area,
        [Description("Only those that nobody has cleared, which is so without this.")] bool? open,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        WorkerDayQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = Under(area, caller, context);
        if (under is null)
            return problem!;
        (DateTimeOffset, Guid)? after = null;
        if (cursor is not null)
        {
            if (Paging.Read(cursor) is not [var part] || !Paging.TryPart(part, out var place))
            {
                var fields = Fields.Of(context);
                fields.Wrong("cursor", "不是上一页的 next", "is no `next` of a page");
                return fields.Problem(context);
            }
            after = place;
        }
        var size = Paging.Limit(limit);
        // A record can have several flags: those of the last one are all on its page.
        var rows = await queries.Flags(AreasOf(under), open != false, after, size + Enum.GetValues<FlagKind>().Length, cancellationToken);
        var page = rows.Take(size).ToList();
        page.AddRange(rows.Skip(size).TakeWhile(r => r.Record == page[^1].Record));
        var next = rows.Count > page.Count ? Paging.Cursor((page[^1].RaisedAt, page[^1].Record)) : null;
        return TypedResults.Ok(new ListJson<FlagItemJson>([.. page.Select(r => FlagOf(r, caller.Pack))], next));
    }

    static FlagItemJson FlagOf(FlagRow row, LoadedPack pack) =>
        new(
            row.Person.Id,
            pack.NameOf(row.Person),
            row.Day,
            row.Record.ToString(),
            WorkerDayNames.Of(row.Kind),
            row.At,
            row.RaisedAt,
            row.Area.Code,
            WorkerDayPages.AreaName(pack, row.Area),
            WorkerDayNames.Of(row.Grade),
            row.Photos,
            WorkerDayPages.FlagOf(row.Flag, row.ClearedBy, row.ClearedAt, row.Reason, pack)
        );

    static async Task<Results<Ok<ListJson<NearJson>>, ProblemHttpResult>> Near(
        [Description("Code of the area; without it, the topmost of your posts.")] string? area,
        double lon,
        double lat,
        [Description("In metres, up to 5,000; 200 without it.")] double? radius,
        [Description("From when: a time with its offset, or a date.")] string? from,
        [Description("Until when, seven days later at most; without it, now.")] string? to,
        Caller caller,
        WorkerDayQueries queries,
        AccessJournal journal,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = Under(area, caller, context);
        if (under is null)
            return problem!;
        var fields = Fields.Of(context);
        fields.Degrees("lon", lon, 180);
        fields.Degrees("lat", lat, 90);
        var within = radius ?? 200;
        if (!(within is >= 1 and <= MaxRadius))
            fields.Wrong("radius", $"应在 1 至 {MaxRadius} 米之间", $"is between 1 and {MaxRadius} metres");
        var until = fields.Time("to", to, caller.Pack) ?? clock.GetUtcNow();
        var since = fields.Time("from", from, caller.Pack) ?? until.AddDays(-1);
        if (since >= until || until - since > LongestTime)
            fields.Wrong("from", "起止时间不对，最长 7 天", "must be before `to`, by seven days at most");
        if (!fields.AreValid)
            return fields.Problem(context);
        journal.Record(new(AccessKind.Track, caller.Id, caller.Address, Subject: $"near {under.Code}"));
        var centre = new Position(lon, lat);
        var (north, east) = (within / 111_000, within / (111_000 * Math.Max(0.01, Math.Cos(lat / 180 * Math.PI))));
        var moments = await queries.Near(
            caller.Pack.Pack.Id,
            AreasOf(under),
            (lon - east, lat - north, lon + east, lat + north),
            since,
            until,
            cancellationToken
        );
        NearJson[] people =
        [
            .. moments
                .Select(m => (m.Person, m.At, Metres: Coordinates.Distance(centre, m.Position)))
                .Where(m => m.Metres <= within)
                .GroupBy(m => m.Person)
                .Select(g => new NearJson(
                    g.Key.Id,
                    caller.Pack.NameOf(g.Key),
                    g.Min(m => m.At),
                    g.Max(m => m.At),
                    (int)Math.Round(g.Min(m => m.Metres))
                ))
                .OrderBy(n => n.Metres),
        ];
        return TypedResults.Ok(new ListJson<NearJson>(people, null));
    }

    internal static string[] AreasOf(AreaNode under) => [.. under.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)];

    /// <returns>The area that is asked for, whose workers the caller oversees; or why there is none.</returns>
    internal static (AreaNode? Area, ProblemHttpResult? Problem) Under(string? code, Caller caller, HttpContext context)
    {
        var under = code is not null
            ? caller.Area(code)
            : caller
                .Person.Posts.Where(p => p.Post.May.Contains(Permission.OverseeWorkers))
                .Select(p => p.Area)
                .MinBy(a => a.Upwards().Count())
                ?? caller.Person.Home;
        if (under is null)
            return (null, Problems.Problem.Of(CaseRejections.NotFound, context));
        return caller.Person.Over(under).Has(Permission.OverseeWorkers)
            ? (under, null)
            : (null, Problems.Problem.Of(CaseRejections.NotYourArea, context));
    }
}
