using System.Text.Json;
using GridActors.Domain.Packs;
using GridActors.Storage;
using GridActors.Storage.Cases;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Cases;

/// <summary>
/// Writes the files that people have asked for. The database says which, so every process looks there; the one that gets the turn writes.
/// If it dies, another one begins the file again.
/// </summary>
public sealed partial class CaseExportRunner(
    CaseExports exports,
    CaseQueries queries,
    IPacks packs,
    TimeProvider clock,
    ILogger<CaseExportRunner> logger
) : BackgroundService
{
    /// <summary>How long a file is kept after somebody asked for it.</summary>
    public static TimeSpan Retention { get; } = TimeSpan.FromDays(1);

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            BackgroundLoop.Every(Interval, WriteAll, LogFailed, clock, stoppingToken),
            BackgroundLoop.Every(SweepInterval, Sweep, LogNotSwept, clock, stoppingToken)
        );

    public Task Sweep(CancellationToken cancellationToken) => exports.DeleteOlder(clock.GetUtcNow() - Retention, cancellationToken);

    async Task WriteAll(CancellationToken cancellationToken)
    {
        await using var turn = await exports.TryTurn(cancellationToken);
        if (turn is null)
            return;
        while (await exports.Begin(cancellationToken) is { } job)
            await Write(job, cancellationToken);
    }

    async Task Write(ExportJob job, CancellationToken cancellationToken)
    {
        // What the person may read now decides, and not what they could when they asked.
        if (packs.Current.Person(job.By) is not { } person || packs.Current.Pack(job.By.Pack) is not { } pack || Filter() is not { } filter)
        {
            await exports.Fail(job.Id, cancellationToken);
            return;
        }
        var total = await queries.Count(filter, int.MaxValue, cancellationToken);
        if (!await exports.NoteProgress(job.Id, 0, total, cancellationToken))
            return;
        var table = new CaseExportTable(pack, job.IsEnglish);
        var isXlsx = CaseExport.IsXlsx(job.Format);
        var written = 0;
        try
        {
            await using (var stream = new ExportPartStream((number, bytes) => exports.AddPart(job.Id, number, bytes, cancellationToken)))
            {
                var cases = Cases();
                await (isXlsx ? table.WriteXlsx(stream, cases, cancellationToken) : table.WriteCsv(stream, cases, cancellationToken));
                await stream.Complete();
            }
        }
        catch (DeletedException)
        {
            return; // The person doesn't want it any more.
        }
        await exports.Finish(job.Id, CaseExport.FileName(table, pack, isXlsx, job.AskedAt), written, cancellationToken);

        // The filter is the person's, whose session may be over by now.
        CaseFilter? Filter()
        {
            var caller = new Caller(person, pack, "", "", new(person.Id, job.AskedAt, MustChangePassword: false, HasSecondFactor: false));
            return JsonSerializer.Deserialize<CaseListQuery>(job.Query)!.Read(caller, new DefaultHttpContext()).Filter;
        }

        async IAsyncEnumerable<ExportedCase> Cases()
        {
            await foreach (var batch in queries.ExportAll(filter, total, cancellationToken))
            {
                foreach (var exported in batch)
                    yield return exported;
                written += batch.Count;
                if (!await exports.NoteProgress(job.Id, written, Math.Max(written, total), cancellationToken))
                    throw new DeletedException();
            }
        }
    }

    sealed class DeletedException : Exception;
}
