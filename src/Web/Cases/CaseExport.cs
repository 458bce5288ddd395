using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Storage.Access;
using GridActors.Storage.Cases;
using GridActors.Web.Administration;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Cases;

/// <summary>All cases that a list finds as one file, written while it is read: its size needs no memory and has no limit.</summary>
sealed class CaseExport(CaseQueries queries, AccessJournal access, TimeProvider clock) : IDisposable
{
    const string Csv = "text/csv";
    const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>How many cases are in memory at once, for each file that is being written.</summary>
    const int BatchSize = 2000;

    /// <summary>Each reads as fast as the database answers; more of them would slow down everybody who works.</summary>
    const int MaxAtOnce = 4;

    readonly SemaphoreSlim _turns = new(MaxAtOnce, MaxAtOnce);

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
        if (format is not (null or "" or "csv" or "xlsx"))
            return Unknown(context);
        if (!await _turns.WaitAsync(TimeSpan.Zero, cancellationToken))
            return Problem.Of(CaseRejections.Busy, context);
        context.Response.RegisterForDispose(new Turn(_turns));

        // Read before the answer begins, so that a failure is still answered as one. A later failure ends the connection: the browser then
        // says that the file is incomplete.
        var first = await queries.Export(filter with { Limit = BatchSize }, cancellationToken);
        access.Export(caller, "cases");
        var table = new CaseExportTable(caller.Pack, Problem.IsEnglish(context));
        var isXlsx = format == "xlsx";
        return TypedResults.Stream(
            stream =>
                HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask
                : isXlsx ? WriteXlsx(stream)
                : table.WriteCsv(stream, All(), cancellationToken),
            isXlsx ? Xlsx : Csv,
            $"{table.Title}-{caller.Pack.Day(clock.GetUtcNow()):yyyy-MM-dd}.{(isXlsx ? "xlsx" : "csv")}"
        );

        Task WriteXlsx(Stream stream)
        {
            // A zip archive ends with a synchronous write.
            context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
            return table.WriteXlsx(stream, All(), cancellationToken);
        }

        async IAsyncEnumerable<ExportedCase> All()
        {
            for (var batch = first; ; batch = await queries.Export(Next(filter, batch[^1].Case), cancellationToken))
            {
                foreach (var exported in batch)
                    yield return exported;
                if (batch.Count < BatchSize)
                    yield break;
            }
        }
    }

    public void Dispose() => _turns.Dispose();

    static CaseFilter Next(CaseFilter filter, CaseRow last) => filter with { Limit = BatchSize, Before = (last.ReportedAt, last.Id) };

    static ProblemHttpResult Unknown(HttpContext context)
    {
        var fields = Fields.Of(context);
        fields.Wrong("format", "应为 csv 或 xlsx", "is csv or xlsx");
        return fields.Problem(context);
    }

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
                "Everything that the same query lists, without a limit: a CSV file (UTF-8 with a byte order mark) or an Excel workbook. "
                    + "Its headings are Chinese unless `Accept-Language` starts with English; its times are those of the pack's zone."
            )
            .Produces<Stream>(StatusCodes.Status200OK, "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotYourArea,
                CaseRejections.NotFound,
                CaseRejections.Busy,
                CaseRejections.Unavailable
            );

    static Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        [AsParameters] CaseListQuery query,
        [Description("`csv` (the default) or `xlsx`.")] string? format,
        Caller caller,
        CaseExport export,
        HttpContext context,
        CancellationToken cancellationToken
    ) => export.Write(query, format, caller, context, cancellationToken);
}
