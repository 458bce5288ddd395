using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Access;
using GridActors.Storage.Photos;
using GridActors.Storage.Time;
using GridActors.Storage.WorkerDays;
using GridActors.Web.Cases;
using GridActors.Web.Photos;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using DayResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.WorkerDays.WorkerDayJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.WorkerDays;

/// <summary>A worker's day: its records, its track, what is said about it.</summary>
static class WorkerDayEndpoints
{
    const int MaxWords = 4000;
    const int MaxReason = 200;

    public static void MapWorkerDays(this IEndpointRouteBuilder routes)
    {
        var days = routes
            .MapGroup("/api/worker-days")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Field work")
            .WithProblems(Problem.NotSignedIn, CaseRejections.Unavailable);
        days.MapGet("/me", GetOwn).WithName("getOwnDay").WithSummary("Get your own day").WithProblems(Problem.InvalidRequest);
        var one = days.MapGroup("/{person}/{day}").WithProblems(CaseRejections.NotFound);
        one.MapGet("", Get)
            .WithName("getWorkerDay")
            .WithSummary("Get a worker's day")
            .WithDescription(
                "Your own, or one of a worker below a post of yours that may oversee workers. Positions are there for who may read tracks; "
                    + "that somebody else looked at them is recorded."
            );
        one.MapGet("/track", Track)
            .WithName("getTrack")
            .WithSummary("Get where a worker walked on a day")
            .WithDescription("Your own, or with a post that may read tracks. A gap stays a gap. Each look of somebody else is recorded.")
            .Produces<TrackJson>(contentType: TrackJson.ContentType);
        one.MapGet("/photos/{photo}", Photo)
            .WithName("getFieldPhoto")
            .WithSummary("Get a photo of a record")
            .WithDescription(PhotoResult.Description)
            .ProducesPhoto()
            .WithProblems(Problem.InvalidRequest);
        var writes = days.MapGroup("")
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        writes
            .MapPost("/{person}/{day}/records/{record}/flags/{flag}/clear", Clear)
            .WithName("clearFlag")
            .WithSummary("Say that a doubt about a record is none")
            .WithDescription("For a post that may oversee workers there, and never one's own. The record's grade is computed again.")
            .WithProblems(CaseRejections.NotFound, WorkerDayRejections.OwnFlag, WorkerDayRejections.NoFlag);
        writes
            .MapPost("/me/{day}/diary", WriteDiary)
            .WithName("writeDiary")
            .WithSummary("Write your words about a day")
            .WithDescription("They replace earlier ones, which the day's history keeps. They are sealed where they are stored.")
            .WithProblems(CaseRejections.NotFound);
        writes
            .MapPost("/me/{day}/hand-over", WriteHandOver)
            .WithName("handOverDay")
            .WithSummary("Write what whoever comes next must know")
            .WithProblems(CaseRejections.NotFound);
    }

    static async Task<DayResult> GetOwn(
        [Description("The day, such as 2026-11-26; without it, the one that what you do now belongs to.")] string? day,
        Caller caller,
        WorkerDayReads reads,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var wanted = fields.Day("day", day) ?? WorkerDayRules.DayOf(caller.Pack, caller.Id, null, clock.GetUtcNow());
        if (!fields.AreValid)
            return fields.Problem(context);
        return TypedResults.Ok(await reads.Page(caller, caller.Id, wanted, mayReadTracks: true, cancellationToken));
    }

    static async Task<DayResult> Get(
        string person,
        string day,
        Caller caller,
        WorkerDayReads reads,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await reads.Access(caller, person, day, cancellationToken) is not { MaySee: true } access)
            return Problem.Of(CaseRejections.NotFound, context);
        reads.Record(caller, access, AccessKind.Track, onlyPositions: true);
        return TypedResults.Ok(await reads.Page(caller, access.Person, access.Day, access.MayReadTracks, cancellationToken));
    }

    static async Task<Results<JsonHttpResult<TrackJson>, ProblemHttpResult>> Track(
        string person,
        string day,
        Caller caller,
        WorkerDayReads reads,
        WorkerDayQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await reads.Access(caller, person, day, cancellationToken) is not { MayReadTracks: true } access)
            return Problem.Of(CaseRejections.NotFound, context);
        reads.Record(caller, access, AccessKind.Track, onlyPositions: false);
        var parts = await queries.Track(access.Person, access.Day, cancellationToken);
        return TypedResults.Json(
            new TrackJson("FeatureCollection", [.. parts.SelectMany(TrackParts.Of)]),
            contentType: TrackJson.ContentType
        );
    }

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Photo(
        string person,
        string day,
        string photo,
        [Description(PhotoResult.SizeDescription)] string? size,
        Caller caller,
        WorkerDayReads reads,
        WorkerDayQueries queries,
        PhotoStore photos,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var maySee =
            await reads.Access(caller, person, day, cancellationToken) is { MaySee: true } access
            && (await queries.Of(access.Person, access.Day, cancellationToken)).Records.Any(r => r.Photos.Contains(photo));
        return await PhotoResult.Of(maySee ? photo : null, size, photos, context, cancellationToken);
    }

    static async Task<DayResult> Clear(
        string person,
        string day,
        string record,
        string flag,
        ClearFlagRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        WorkerDayReads reads,
        HttpContext context
    )
    {
        if (
            await reads.Access(caller, person, day, CancellationToken.None) is not { MaySee: true } access
            || !Guid.TryParse(record, out var id)
            || !WorkerDayNames.Flags.TryGetValue(flag, out var kind)
        )
            return Problem.Of(CaseRejections.NotFound, context);
        var fields = Fields.Of(context);
        var reason = fields.Text("reason", body.Reason, MaxReason);
        if (!fields.AreValid)
            return fields.Problem(context);
        var command = new ClearFlag
        {
            By = caller.Id,
            Record = id,
            Flag = kind,
            Reason = reason,
        };
        return await reads.Take(command with { Operation = headers.OperationOf(caller.Id, command) }, access, caller, context);
    }

    static Task<DayResult> WriteDiary(
        string day,
        DiaryRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        WorkerDayReads reads,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var text = fields.Text("text", body.Text, MaxWords);
        var command = new WriteDiary { By = caller.Id, Text = text };
        return Own(day, command with { Operation = headers.OperationOf(caller.Id, command) }, fields, caller, reads, context);
    }

    static Task<DayResult> WriteHandOver(
        string day,
        HandOverRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        WorkerDayReads reads,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var text = fields.Text("text", body.Text, MaxWords);
        if (body.To is { } to && !caller.Pack.People.ContainsKey(to))
            fields.Wrong("to", "没有这个人", "is nobody of the pack");
        var command = new HandOver
        {
            By = caller.Id,
            Text = text,
            To = body.To is { } next ? new PersonId(caller.Pack.Pack.Id, next) : null,
        };
        return Own(day, command with { Operation = headers.OperationOf(caller.Id, command) }, fields, caller, reads, context);
    }

    static async Task<DayResult> Own(
        string day,
        WorkerDayCommand command,
        Fields fields,
        Caller caller,
        WorkerDayReads reads,
        HttpContext context
    )
    {
        if (!Fields.TryDay(day, out var wanted))
            return Problem.Of(CaseRejections.NotFound, context);
        return fields.AreValid ? await reads.Take(command, new(caller.Id, wanted, true, true), caller, context) : fields.Problem(context);
    }
}
