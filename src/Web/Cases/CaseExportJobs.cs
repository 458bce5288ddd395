using System.ComponentModel;
using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Storage.Access;
using GridActors.Storage.Cases;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Cases;

/// <param name="State"><c>waiting</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Written">How many cases are in the file so far.</param>
/// <param name="Total">How many it will have; null until they are counted.</param>
/// <param name="Name">The file's name, and its size in <paramref name="Bytes"/>; null until it is done.</param>
/// <param name="ExpiresAt">When the service forgets it.</param>
public sealed record ExportJson(
    string Id,
    string State,
    string Format,
    DateTimeOffset AskedAt,
    int Written,
    int? Total,
    string? Name,
    long? Bytes,
    DateTimeOffset ExpiresAt
)
{
    public static ExportJson Of(ExportJob job) =>
        new(
            job.Id.ToString("N"),
            ApiNames.Of(job.State),
            job.Format,
            job.AskedAt,
            job.Written,
            job.Total,
            job.Name,
            job.Bytes,
            job.AskedAt + CaseExportRunner.Retention
        );
}

/// <summary>Files of cases that are written in the background. Only the person who asked for one sees it.</summary>
static class CaseExportJobs
{
    /// <summary>Each file can have some hundred megabytes.</summary>
    const int MaxOfPerson = 5;

    public static void MapCaseExports(this IEndpointRouteBuilder routes)
    {
        var exports = routes
            .MapGroup("/api/exports")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Cases")
            .WithProblems(Problem.NotSignedIn);
        exports
            .MapPost("/", Ask)
            .WithName("askForExport")
            .WithSummary("Ask for a file of the cases of an area and everything below it")
            .WithDescription(
                "Everything that the same query lists, however much it is. The service writes the file in the background, one at a time, "
                    + "and keeps it for a day for the person who asked. Five of a person are kept; delete one to ask for another."
            )
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotYourArea,
                CaseRejections.NotFound,
                Problem.TooManyExports,
                CaseRejections.OutcomeUnknown
            );
        exports.MapGet("/", List).WithName("listExports").WithSummary("List the files that you asked for, the newest first");
        exports
            .MapGet("/{export}", Get)
            .WithName("getExport")
            .WithSummary("Get how far a file is")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        exports
            .MapGet("/{export}/file", File)
            .WithName("getExportFile")
            .WithSummary("Get a file that is done")
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Csv, CaseExport.Xlsx)
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        exports
            .MapDelete("/{export}", Delete)
            .WithName("deleteExport")
            .WithSummary("Delete a file, or stop writing it")
            .WithProblems(CaseRejections.NotFound, CaseRejections.OutcomeUnknown);
    }

    static async Task<Results<Accepted<ExportJson>, ProblemHttpResult>> Ask(
        [AsParameters] CaseListQuery query,
        [Description(CaseExport.FormatDescription)] string? format,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        CaseExports exports,
        AccessJournal access,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (filter, problem) = query.Read(caller, context);
        if (filter is null)
            return problem!;
        if (!CaseExport.IsFormat(format))
            return CaseExport.UnknownFormat(context);
        var job = new ExportJob(
            headers.IdempotencyKey is { } key ? OperationIds.OfCreated(caller.Id.Key, key) : Guid.CreateVersion7(),
            caller.Id,
            JsonSerializer.Serialize(query),
            CaseExport.IsXlsx(format) ? "xlsx" : "csv",
            Problem.IsEnglish(context),
            clock.GetUtcNow(),
            ExportState.Waiting,
            0,
            null,
            null,
            null
        );
        if (await exports.Add(job, MaxOfPerson, cancellationToken))
            access.Export(caller, "cases");
        // A repeat adds nothing, and is answered as the first call.
        else if (await exports.Find(job.Id, caller.Id, cancellationToken) is { } first)
            job = first;
        else
            return Problem.Of(Problem.TooManyExports, context);
        var json = ExportJson.Of(job);
        return TypedResults.Accepted($"/api/exports/{json.Id}", json);
    }

    static async Task<Ok<ListJson<ExportJson>>> List(Caller caller, CaseExports exports, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListJson<ExportJson>([.. (await exports.Of(caller.Id, cancellationToken)).Select(ExportJson.Of)], null));

    static async Task<Results<Ok<ExportJson>, ProblemHttpResult>> Get(
        string export,
        Caller caller,
        CaseExports exports,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await Find(export, caller, exports, cancellationToken) is { } job
            ? TypedResults.Ok(ExportJson.Of(job))
            : Problem.Of(CaseRejections.NotFound, context);

    static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> File(
        string export,
        Caller caller,
        CaseExports exports,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var found = await Find(export, caller, exports, cancellationToken);
        if (found is not { State: ExportState.Done } job)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Export(caller, "cases");
        context.Response.ContentLength = job.Bytes;
        return TypedResults.Stream(
            async stream =>
            {
                if (HttpMethods.IsHead(context.Request.Method))
                    return;
                await foreach (var part in exports.Content(job.Id, cancellationToken))
                    await stream.WriteAsync(part, cancellationToken);
            },
            CaseExport.IsXlsx(job.Format) ? CaseExport.Xlsx : CaseExport.Csv,
            job.Name
        );
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        string export,
        Caller caller,
        CaseExports exports,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        Guid.TryParseExact(export, "N", out var id) && await exports.Delete(id, caller.Id, cancellationToken)
            ? TypedResults.NoContent()
            : Problem.Of(CaseRejections.NotFound, context);

    static async Task<ExportJob?> Find(string export, Caller caller, CaseExports exports, CancellationToken cancellationToken) =>
        Guid.TryParseExact(export, "N", out var id) ? await exports.Find(id, caller.Id, cancellationToken) : null;
}
