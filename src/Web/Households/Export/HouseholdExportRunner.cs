using GridActors.Contracts.Households;
using GridActors.Domain.Packs;
using GridActors.Storage;
using GridActors.Storage.Areas;
using GridActors.Storage.Households;
using GridActors.Storage.Households.Import;
using GridActors.Web.Cases;
using GridActors.Web.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Households.Export;

/// <summary>
/// Writes the files of households that people have asked for, as <see cref="CaseExportRunner"/> does those of cases. Whose values are in a
/// file in clear is recorded before they are written to it.
/// </summary>
public sealed partial class HouseholdExportRunner(
    HouseholdExports exports,
    HouseholdCountQueries counts,
    RegisteredHouseholds registered,
    Reveals reveals,
    IPacks packs,
    TimeProvider clock,
    ILogger<HouseholdExportRunner> logger
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

    async Task Write(HouseholdExportJob job, CancellationToken cancellationToken)
    {
        // What the person may do now decides, and not what they could when they asked.
        if (
            packs.Current.Person(job.By) is not { } person
            || packs.Current.Pack(job.By.Pack) is not { Pack.Households: { } rules } pack
            || pack.Areas.GetValueOrDefault(job.Area) is not { } under
            || !HouseholdExportJobs.MayExport(person, under, job.Purpose is not null)
            || (job.Purpose is not null && rules.Purpose(job.Purpose) is null)
        )
        {
            await exports.Fail(job.Id, cancellationToken);
            return;
        }
        var own = await counts.Own(
            [.. under.Downwards().Select(a => (a, HouseholdMoments.Of(pack, pack.Day(clock.GetUtcNow()))!.Value))],
            cancellationToken
        );
        var total = HouseholdCountQueries.Sum(own, under).Residents;
        if (!await exports.NoteProgress(job.Id, 0, total, cancellationToken))
            return;
        var caller = new Caller(person, pack, "", "", new(person.Id, job.AskedAt, MustChangePassword: false, HasSecondFactor: false));
        var clear = job.Purpose is { } purpose ? new ClearFields(rules.Purpose(purpose)!, job.Fields) : null;
        var export = new HouseholdExport(pack, rules, caller, job.IsEnglish, clear);
        var (written, bytes) = (0, 0L);
        try
        {
            await using var stream = new ExportPartStream(AddPart);
            await export.Write(stream, under, job.AskedAt, registered, Record, cancellationToken);
            await stream.Complete();
        }
        catch (DeletedException)
        {
            return; // The person doesn't want it any more.
        }
        await exports.Finish(job.Id, HouseholdExportEndpoint.FileName(under, job.IsEnglish), written, bytes, cancellationToken);

        Task AddPart(int number, byte[] part)
        {
            bytes += part.Length;
            return exports.AddPart(job.Id, number, part, cancellationToken);
        }

        async Task Record(IReadOnlyList<HouseholdView> households)
        {
            if (clear is not null)
                await reveals.RecordExported(
                    job.Id,
                    [.. households.Select(h => (h.Id, (IReadOnlyList<Guid>)[.. h.Residents.Select(r => r.Id)]))],
                    cancellationToken
                );
            written += households.Sum(h => h.Residents.Length);
            if (!await exports.NoteProgress(job.Id, written, Math.Max(written, total), cancellationToken))
                throw new DeletedException();
        }
    }

    sealed class DeletedException : Exception;
}
