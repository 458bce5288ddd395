using GridActors.Contracts;
using GridActors.Contracts.People;
using GridActors.Contracts.Scores;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using GridActors.Domain.WorkerDays;
using GridActors.Storage;
using GridActors.Storage.Scores;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Scores;

/// <summary>
/// Closes months when their time has come, and looks at them again for as long as phones may send something late: a score that came out
/// differently is corrected. What a silo has taken and not finished, because it died, another one takes after <see cref="HoldTime"/>.
/// </summary>
public sealed partial class ScoreSweep(
    ScorePeriods periods,
    ScoreSettling settling,
    GrainReferences<IScoreGrain> scores,
    IPacks packs,
    ServiceTime clock,
    ILogger<ScoreSweep> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(5);
    static readonly TimeSpan Again = TimeSpan.FromHours(1);
    const int MaxDegreeOfParallelism = 32;

    readonly HashSet<(string, ScoreMonth)> _begun = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        BackgroundLoop.Every(Interval, Run, LogFailed, clock, stoppingToken);

    /// <summary>Closes and corrects what is due.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        await Begin(cancellationToken);
        foreach (var (id, month, isClosed) in await periods.Take(HoldTime * clock.Pace, clock.Ahead, cancellationToken))
            try
            {
                if (packs.Current.Pack(id) is { } pack && await Settle(pack, month, isClosed, cancellationToken))
                    await Finish(pack, month, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // The months of other places don't wait for this one.
                LogNotSettled(e);
            }
    }

    Task Finish(LoadedPack pack, ScoreMonth month, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var last = pack.Start(month.Last.AddDays(1)) + WorkerDayRules.Oldest;
        return periods.Finish(pack.Pack.Id, month, now, now < last ? now + Again : null, cancellationToken);
    }

    /// <summary>Notes the month of today, once for each pack.</summary>
    async Task Begin(CancellationToken cancellationToken)
    {
        List<(string, ScoreMonth, DateTimeOffset)> fresh = [];
        foreach (var pack in packs.Current.Packs)
            if (
                pack.Pack.Scores is { } rules
                && ScoreMonth.Of(pack.Day(clock.GetUtcNow())) is var month
                && rules.In(month) is not null
                && !_begun.Contains((pack.Pack.Id, month))
            )
                fresh.Add((pack.Pack.Id, month, ClosesAt(pack, rules, month)));
        if (fresh.Count == 0)
            return;
        _begun.UnionWith(await periods.Begin(fresh, cancellationToken));
    }

    /// <summary>Once the records of the day before are in.</summary>
    static DateTimeOffset ClosesAt(LoadedPack pack, ScoreRules rules, ScoreMonth month) =>
        pack.WorkingTime.At(month.Last.AddDays(rules.ClosesOn), WorkerDayRules.RulesOf(pack).Thresholds.DayCloses);

    /// <returns>False when not everything could be settled; it is tried again.</returns>
    async Task<bool> Settle(LoadedPack pack, ScoreMonth month, bool isClosed, CancellationToken cancellationToken)
    {
        var isDone = true;
        await Parallel.ForEachAsync(
            await settling.Changed(pack, month, isClosed, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken },
            async (changed, token) =>
            {
                try
                {
                    if (await scores.Of(KeyOf(changed.Person, month)).Settle(changed.Score, token))
                        return;
                }
                catch (Exception e) when (!token.IsCancellationRequested)
                {
                    LogNotSettled(e);
                }
                Volatile.Write(ref isDone, false);
            }
        );
        return isDone;
    }

    static string KeyOf(PersonId person, ScoreMonth month) => $"{person.Key}/{month}";
}
