using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Cases;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Cases;

/// <summary>
/// The cases that a list finds as one file, written to the caller while it is read: its size needs no memory. Larger files are written in
/// the background (<see cref="CaseExportJobs"/>), because nobody waits that long, and a connection that breaks would lose them.
/// </summary>
sealed class CaseExport(CaseQueries queries, AccessJournal access, ServiceTime clock) : IDisposable
{
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string FormatDescription = "`csv` (the default) or `xlsx`.";
    public const int MaxCases = 50_000;

    /// <summary>Each reads as fast as the database answers; more of them would slow down everybody who works.</summary>
    const int MaxAtOnce = 4;

    readonly SemaphoreSlim _turns = new(MaxAtOnce, MaxAtOnce);

    public static bool IsFormat(string? format) => format is null or "" or "csv" or "xlsx";

    public static bool IsXlsx(string? format) => format == "xlsx";

    public static string FileName(CaseExportTable table, LoadedPack pack, bool isXlsx, DateTimeOffset at) =>
        $"{table.Title}-{pack.Day(at):yyyy-MM-dd}.{(isXlsx ? "xlsx" : "csv")}";

    public static ProblemHttpResult UnknownFormat(HttpContext context)
    {
        var fields = Fields.Of(context);
        fields.Wrong("format", "应为 csv 或 xlsx", "is csv or xlsx");
        return fields.Problem(context);
    }

    public async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Write(
        CaseListQuery query,
        string? format,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (filter, problem) = query.Read(caller, context);
        if (filter is null)
            return problem!;
        if (!IsFormat(format))
            return UnknownFormat(context);
        if (!await _turns.WaitAsync(TimeSpan.Zero, cancellationToken))
            return Problem.Of(CaseRejections.Busy, context);
        context.Response.RegisterForDispose(new Turn(_turns));
        var counted = await queries.Count(filter, MaxCases + 1, cancellationToken);
        if (counted > MaxCases)
            return Problem.Of(Problem.TooManyCases, context);

        // The first cases are read before the answer begins, so that a failure is still answered as one. A later failure ends the
        // connection: the browser then says that the file is incomplete.
        var batches = queries.ExportAll(filter, counted, cancellationToken).GetAsyncEnumerator(cancellationToken);
        context.Response.RegisterForDisposeAsync(batches);
        var hasBatch = await batches.MoveNextAsync();
        access.Export(caller, "cases");
        var table = new CaseExportTable(caller.Pack, Problem.IsEnglish(context));
        var isXlsx = IsXlsx(format);
        return TypedResults.Stream(
            stream =>
                HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask
                : isXlsx ? WriteXlsx(stream)
                : table.WriteCsv(stream, All(), cancellationToken),
            isXlsx ? Xlsx : Csv,
            FileName(table, caller.Pack, isXlsx, clock.GetUtcNow())
        );

        Task WriteXlsx(Stream stream)
        {
            // A zip archive ends with a synchronous write.
            context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
            return table.WriteXlsx(stream, All(), cancellationToken);
        }

        async IAsyncEnumerable<ExportedCase> All()
        {
            for (; hasBatch; hasBatch = await batches.MoveNextAsync())
                foreach (var exported in batches.Current)
                    yield return exported;
        }
    }

    public void Dispose() => _turns.Dispose();

    sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}

static class CaseExportEndpoint
{
    /// <param name="cases">The group <c>/api/cases</c>.</param>
    public static void MapCaseExport(this RouteGroupBuilder cases) =>
        cases
            .MapGet("/export", Export)
            .WithName("exportCases")
            .WithSummary("Export the cases of an area and everything below it as a file")
            .WithDescription(
                "Everything that the same query lists, up to 50,000 cases: a CSV file (UTF-8 with a byte order mark) or an Excel workbook. "
                    + "For more, ask for a file with `POST /api/exports`. "
                    + "Its headings are Chinese unless `Accept-Language` starts with English; its times are those of the pack's zone."
            )
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Csv, CaseExport.Xlsx)
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotYourArea,
                CaseRejections.NotFound,
                Problem.TooManyCases,
                CaseRejections.Busy,
                CaseRejections.Unavailable
            );

    static Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        [AsParameters] CaseListQuery query,
        [Description(CaseExport.FormatDescription)] string? format,
        Caller caller,
        CaseExport export,
        HttpContext context,
        CancellationToken cancellationToken
    ) => export.Write(query, format, caller, context, cancellationToken);
}
