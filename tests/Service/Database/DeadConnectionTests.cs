using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Database;

/// <summary>After a restart of the database, the connections that wait in the pool are dead.</summary>
public sealed class DeadConnectionTests
{
    const string CutAll = """
        select count(pg_terminate_backend(pid)) from pg_stat_activity
        where datname = current_database() and application_name = 'gridactors' and pid <> pg_backend_pid()
        """;

    /// <param name="isSessionKnown">Whether the endpoint's own query is the first; otherwise the session's is.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reads_with_dead_connections_are_answered(bool isSessionKnown)
    {
        var clock = new SetClock();
        await using var service = await TestService.Start(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var dispatcher = await service.As("dispatcher-1");
        var reported = await dispatcher.Report("C-A1-1");
        string[] paths =
        [
            $"/api/cases/{reported.Id}",
            $"/api/cases/{reported.Id}/history",
            "/api/cases",
            $"/api/cases?q={reported.Number}",
            "/api/inbox",
            "/api/areas/C/board",
            "/api/me",
        ];

        foreach (var path in paths)
        {
            // A pool that was cleared in the middle of a read keeps no connection of it, and there would be nothing to cut.
            await Eventually.Is(async () =>
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                (await dispatcher.Get("/api/me")).Expect(200);
                return await service.Ask<long>(CutAll) > 0;
            });
            if (!isSessionKnown)
                clock.Advance(TimeSpan.FromMinutes(1));
            (await dispatcher.Get(path)).Expect(200);
        }
    }
}
