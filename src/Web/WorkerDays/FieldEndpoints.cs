using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Domain;
using GridActors.Domain.Packs;
using GridActors.Storage.Time;
using GridActors.Storage.WorkerDays;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using BatchResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.WorkerDays.BatchAnswerJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace GridActors.Web.WorkerDays;

/// <summary>What workers' phones send: check-ins, visits and tracks, in batches.</summary>
static class FieldEndpoints
{
    const int MaxItems = 100;
    const int MaxBytes = 4 << 20;
    const int MaxDevice = 64;
    const string Kinds = "The items' own ids make repeats one: send everything again until it is answered. ";

    public static void MapField(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api")
            .RequireAuthorization()
            .WithTags("Field work")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                Problem.TooLarge,
                Problem.NotJson,
                CaseRejections.NotPermitted,
                CaseRejections.Busy,
                CaseRejections.Unavailable
            );
        api.MapPost("/check-ins", CheckIns)
            .Accepts<CheckInsRequest>("application/json")
            .WithName("sendCheckIns")
            .WithSummary("Send check-ins: duty, patrols, checkpoints")
            .WithDescription(
                Kinds
                    + "Each item is answered for itself: a bad one is `refused` with its problem, and the others are taken. Doubts are "
                    + "no reason to refuse: they are flags, which a head clears."
            );
        api.MapPost("/visits", Visits)
            .Accepts<VisitsRequest>("application/json")
            .WithName("sendVisits")
            .WithSummary("Send visits to households and key places")
            .WithDescription(Kinds + "A visit can be to several households. Each of them, and a key place, has it as its last visit.");
        api.MapPost("/tracks", Tracks)
            .Accepts<TracksRequest>("application/json")
            .WithName("sendTracks")
            .WithSummary("Send parts of a track")
            .WithDescription(Kinds + "On duty only: a part with a point off duty is refused as `off-duty`.");
    }

    static Task<BatchResult> CheckIns(
        FieldBatch batch,
        Caller caller,
        FieldIntake intake,
        ServiceTime clock,
        IOptions<HttpJsonOptions> json,
        HttpContext context,
        CancellationToken cancellationToken
    ) => Take(batch, r => r.CheckIn, caller, intake, clock, json, context, cancellationToken);

    static Task<BatchResult> Visits(
        FieldBatch batch,
        Caller caller,
        FieldIntake intake,
        ServiceTime clock,
        IOptions<HttpJsonOptions> json,
        HttpContext context,
        CancellationToken cancellationToken
    ) => Take(batch, r => r.Visit, caller, intake, clock, json, context, cancellationToken);

    static Task<BatchResult> Tracks(
        FieldBatch batch,
        Caller caller,
        FieldIntake intake,
        ServiceTime clock,
        IOptions<HttpJsonOptions> json,
        HttpContext context,
        CancellationToken cancellationToken
    ) => Take(batch, r => r.Track, caller, intake, clock, json, context, cancellationToken);

    static async Task<BatchResult> Take(
        FieldBatch batch,
        Func<FieldItemReader, Func<JsonElement, FieldItem>> read,
        Caller caller,
        FieldIntake intake,
        ServiceTime clock,
        IOptions<HttpJsonOptions> json,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var receivedAt = clock.GetUtcMicroseconds();
        if (!caller.Person.Posts.Any(p => p.Post.May.Contains(Permission.Report)))
            return Problem.Of(CaseRejections.NotPermitted, context);
        var fields = Fields.Of(context);
        if (batch.Device is not { Length: > 0 and <= MaxDevice } device || !device.All(c => c is > ' ' and <= '~'))
        {
            fields.Wrong("device", $"应为 1 至 {MaxDevice} 个可见 ASCII 字符", $"must be 1 to {MaxDevice} visible ASCII characters");
            device = "";
        }
        if (batch.SentAt is not { } text || !WrittenTime.TryParse(text, out var sentAt) || sentAt.Year is <= 1900 or >= 3000)
        {
            fields.Wrong("sentAt", "应为带时区的时间", "must be a time with its offset (2026-11-25T08:00:00+08:00)");
            sentAt = receivedAt;
        }
        if (batch.Items.ValueKind != JsonValueKind.Array || batch.Items.GetArrayLength() is 0 or > MaxItems)
            fields.Wrong("items", $"应有 1 至 {MaxItems} 条", $"has 1 to {MaxItems} items");
        if (!fields.AreValid)
            return fields.Problem(context);
        var english = Problem.IsEnglish(context);
        var item = read(new(caller, english, json.Value.SerializerOptions));
        try
        {
            // What was read is written, also when the caller has gone: their phone lost its signal, and sends it again.
            return TypedResults.Ok(
                await intake.Take(
                    new(caller, device, receivedAt, receivedAt - sentAt, [.. batch.Items.EnumerateArray().Select(item)], english),
                    CancellationToken.None
                )
            );
        }
        catch (FieldBusyException)
        {
            return Problem.Of(CaseRejections.Busy, context);
        }
        catch (FieldUnavailableException)
        {
            return Problem.Of(CaseRejections.Unavailable, context);
        }
    }
}
