using GridActors.Grains.Areas;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Inbox;

/// <summary>An inbox that nobody looks at costs nothing.</summary>
public sealed class UnwatchedInboxTests
{
    const string Reads = "select coalesce(seq_scan, 0) + coalesce(idx_scan, 0) from pg_stat_user_tables where relname = 'grain_state'";

    [Fact]
    public async Task Cases_that_nobody_watches_activate_no_inbox_and_read_no_row()
    {
        // The reconciler keeps its position in the same table.
        await using var service = await TestService.Start(b =>
            b.Services.Remove(b.Services.Single(s => s.ImplementationType == typeof(ReconcilerPoker)))
        );
        var clerk = await service.As("clerk-a1");

        for (var i = 0; i < 20; i++)
            await clerk.Report("C-A1-1");
        // The changes reach the actors of the watchers a moment after the answers.
        await Eventually.Is(() => Activations(service, "inbox-watch"), count => count > 0);
        Assert.Equal(0, await Activations(service, "inbox"));

        await (await service.As("worker-1")).Inbox();
        Assert.Equal(1, await Activations(service, "inbox"));
        // PostgreSQL counts reads with a delay. Once this read is counted, an earlier one would have been counted too.
        Assert.Equal(1, await Eventually.Is(() => service.Ask<long>(Reads), reads => reads > 0));
    }

    static async Task<int> Activations(TestService service, string grain)
    {
        var management = service.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        return (await management.GetDetailedGrainStatistics()).Count(a => a.GrainId.Type.ToString() == grain);
    }
}
