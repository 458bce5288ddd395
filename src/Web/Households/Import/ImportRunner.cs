using GridActors.Contracts;
using GridActors.Contracts.Households;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Packs;
using GridActors.Storage;
using GridActors.Storage.Households.Import;
using GridActors.Storage.Sheets;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Households.Import;

/// <summary>
/// Compares, applies and undoes imports, one at a time in all processes together. The database says which, so when the process that works
/// on one dies, another one carries on: what a household has taken already it doesn't take again.
/// </summary>
public sealed partial class ImportRunner(
    HouseholdImports imports,
    ImportRows rows,
    RegisteredHouseholds registered,
    GrainReferences<IHouseholdGrain> households,
    IPacks packs,
    ServiceTime time,
    TimeProvider clock,
    ILogger<ImportRunner> logger
) : BackgroundService
{
    /// <summary>How long an import can be undone.</summary>
    public static TimeSpan UndoWithin { get; } = TimeSpan.FromDays(1);

    /// <summary>How long an import is kept, after it was sent or applied.</summary>
    public static TimeSpan Retention { get; } = TimeSpan.FromDays(7);

    /// <summary>How many households are asked at once: enough that the journal writes their events together, few beside people's.</summary>
    const int MaxAtOnce = 48;

    /// <summary>How many are done before the progress is noted.</summary>
    const int BatchSize = 480;

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            BackgroundLoop.Every(Interval, WorkOnAll, LogFailed, clock, stoppingToken),
            BackgroundLoop.Every(SweepInterval, Sweep, LogNotSwept, clock, stoppingToken)
        );

    public Task Sweep(CancellationToken cancellationToken) => imports.DeleteOlder(clock.GetUtcNow() - Retention, cancellationToken);

    async Task WorkOnAll(CancellationToken cancellationToken)
    {
        await using var turn = await imports.TryTurn(cancellationToken);
        if (turn is null)
            return;
        while (await imports.Begin(cancellationToken) is { } job)
            await (job.State == ImportState.Checking ? Check(job, cancellationToken) : Carry(job, cancellationToken));
    }

    async Task Check(ImportJob job, CancellationToken cancellationToken)
    {
        // What the person may do now decides, and not what they could when they sent the file.
        if (
            packs.Current.Person(job.By) is not { } person
            || packs.Current.Pack(job.By.Pack) is not { Pack.Households: { } rules } pack
            || pack.Areas.GetValueOrDefault(job.Area) is not { } under
            || !ImportEndpoints.MayImport(person, under)
        )
        {
            await imports.Finish(job.Id, ImportState.Failed, clock.GetUtcNow(), cancellationToken);
            return;
        }
        var content = await imports.File(job.Id, cancellationToken);
        var file = ImportFile.Of(SheetReader.Read(content, cancellationToken), rules, under, pack.Day(time.GetUtcNow()));
        if (file.Refusal is { } refusal)
        {
            await imports.Refuse(job.Id, refusal, cancellationToken);
            return;
        }
        var groups = ImportGroups.Of(file.Rows, null);
        var readable = pack
            .Areas.Values.Where(a => person.Over(a).Has(Permission.ReadHouseholds))
            .SelectMany(a => a.WithFormer)
            .Select(a => a.Key);
        var known = await registered.Read(
            pack.Pack.Id,
            [.. under.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)],
            [.. file.Rows.Select(r => r.IdNumber).Where(n => n.Length > 0)],
            [.. readable],
            cancellationToken
        );
        var comparison = new ImportComparison(rules, new(known), Guid.CreateVersion7);
        var results = groups.Select(comparison.Compare).ToList();
        await rows.Save(job.Id, results, cancellationToken);
        await imports.NoteProgress(job.Id, results.Count, results.Count, cancellationToken);
        await imports.Finish(job.Id, ImportState.Checked, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Applies or undoes what is left to be, a batch after the other.</summary>
    async Task Carry(ImportJob job, CancellationToken cancellationToken)
    {
        var isUndo = job.State == ImportState.Undoing;
        var left = isUndo ? PlanState.Applied : PlanState.Planned;
        var done = job.Done;
        while (await rows.Plans(job.Id, left, BatchSize, cancellationToken) is { Count: > 0 } plans)
        {
            var outcomes = new PlanState[plans.Count];
            await Parallel.ForEachAsync(
                plans.Index(),
                new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken },
                async (plan, token) =>
                    outcomes[plan.Index] = isUndo ? await Undo(job, plan.Item.Plan, token) : await Apply(job, plan.Item.Plan, token)
            );
            await rows.Note(job.Id, [.. plans.Select((p, i) => (p.Number, outcomes[i]))], cancellationToken);
            done += plans.Count;
            if (!await imports.NoteProgress(job.Id, done, Math.Max(done, job.Total ?? 0), cancellationToken))
                return;
        }
        await imports.Finish(job.Id, isUndo ? ImportState.Undone : ImportState.Applied, clock.GetUtcNow(), cancellationToken);
    }

    async Task<PlanState> Apply(ImportJob job, HouseholdPlan plan, CancellationToken cancellationToken)
    {
        var commands = new PlanCommands(job.Id, job.By).Apply(plan);
        foreach (var (i, command) in commands.Index())
        {
            // The household is as it was compared, but for the commands before this one.
            var versions = plan.IsNew ? null : (IEnumerable<int>)Enumerable.Range(plan.Version, i + 1);
            var answer = await Submit(
                plan.Household,
                command with
                {
                    IfVersions = versions is null ? null : [.. versions],
                },
                cancellationToken
            );
            if (answer.Rejection is not null)
                return PlanState.Stale;
        }
        return PlanState.Applied;
    }

    async Task<PlanState> Undo(ImportJob job, HouseholdPlan plan, CancellationToken cancellationToken)
    {
        var actor = households.Of(plan.Household);
        var now = (await ActorCalls.Call(token => actor.Get(job.By, token), cancellationToken)).Household;
        if (now is not null)
            // What can't be undone any more, because somebody moved on from there, stays.
            foreach (var command in new PlanCommands(job.Id, job.By).Undo(plan, now, "撤销导入"))
                await Submit(plan.Household, command, cancellationToken);
        return PlanState.Undone;
    }

    Task<HouseholdAnswer> Submit(Guid household, HouseholdCommand command, CancellationToken cancellationToken)
    {
        var actor = households.Of(household);
        return ActorCalls.Call(token => actor.Submit(command, token), cancellationToken);
    }
}
