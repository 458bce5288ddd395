using GridActors.Grains.Areas;
using GridActors.Storage.Cases;
using GridActors.Storage.Journal;
using GridActors.Storage.Packs;
using GridActors.Storage.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains;

/// <summary>
/// Reads an area and a case before the silo takes part in the cluster. The code for it is compiled then, and connections are open, before
/// actors come from another silo that is being replaced and people wait for them.
/// </summary>
public sealed partial class WarmUp(
    PackLoader packs,
    TallyReader areas,
    OpenCases cases,
    JournalReader journal,
    ServiceTime clock,
    ILogger<WarmUp> logger
) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            // One that has areas below it, but not hundreds of them as the whole county has.
            if (packs.Current.Packs.FirstOrDefault() is { } pack && pack.Areas.Values.First(a => a.Children.Count == 0) is var grid)
                await areas.Load(grid.Parent ?? grid, pack, clock.GetUtcNow());
            if (await cases.Newest(cancellationToken) is { Case: { } newest })
                await journal.Read(CaseEntry.StreamOf(newest.Id));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A case that can't be read, for example, must not keep the silo from serving all others.
            LogNotWarm(e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(3215, LogLevel.Warning, "The silo could not read an area and a case before it takes part: its first answers are slow.")]
    partial void LogNotWarm(Exception exception);
}
