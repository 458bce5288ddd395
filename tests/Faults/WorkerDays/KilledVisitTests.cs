using System.Collections.Concurrent;

namespace GridActors.Faults.Tests.WorkerDays;

/// <summary>The real process, killed while visits come in and households are told of them.</summary>
public sealed class KilledVisitTests : IAsyncLifetime
{
    const int Visits = 60;

    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-visits-").FullName;
    readonly DateTimeOffset _at = DateTimeOffset.UtcNow.AddMinutes(-1);
    ServiceProcess _service = null!;

    public async Task InitializeAsync() => _service = await ServiceProcess.Start(new() { DataFolder = _folder });

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Visits_sent_while_the_process_is_killed_are_there_once_and_each_household_is_told_once()
    {
        var worker = await _service.As("worker-1");
        var visits = new ConcurrentBag<(Guid Id, string Household)>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Visits),
            async (_, _) =>
            {
                var household = (await worker.Post("/api/households", Household(), Client.NewKey())).Expect(201).Body;
                visits.Add((Guid.NewGuid(), household.GetProperty("id").GetString()!));
            }
        );
        var killing = new TaskCompletionSource();
        var answered = 0;

        var work = Parallel.ForEachAsync(
            visits,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (visit, _) =>
            {
                try
                {
                    await Send(worker, visit);
                    if (Interlocked.Increment(ref answered) >= Visits / 4)
                        killing.TrySetResult();
                }
                catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
                {
                    // Nobody heard of it.
                }
            }
        );
        await killing.Task.WithinDeadline();
        await _service.Kill();
        await work.WithinDeadline();
        Assert.InRange(answered, Visits / 4, Visits - 1);

        await _service.Start();
        worker = await _service.As("worker-1");
        foreach (var visit in visits)
            await Send(worker, visit);

        await Eventually.Is(async () => await Count("select count(*) from visit_relay") == 0);
        Assert.Equal(Visits, await Count("select count(*) from field_record"));
        Assert.Equal(Visits, await Count("select count(*) from journal where kind = 'household.visited/1'"));
        Assert.Equal(Visits, await Count("select count(distinct stream) from journal where kind = 'household.visited/1'"));
    }

    async Task Send(Client worker, (Guid Id, string Household) visit)
    {
        var item = new
        {
            id = visit.Id,
            sequence = 1,
            at = _at,
            households = new[] { visit.Household },
            purpose = "routine",
        };
        var batch = new
        {
            device = "killed-visits",
            sentAt = DateTimeOffset.UtcNow,
            items = new[] { item },
        };
        var answer = (await worker.Post("/api/visits", batch)).Expect(200).Body.GetProperty("items")[0];
        Assert.Contains(answer.GetProperty("outcome").GetString(), new[] { "taken", "repeated" });
    }

    static object Household() => new { area = "C-A1-1", fields = new { address = "清河县解放街12号" } };

    async Task<long> Count(string sql)
    {
        await using var command = _service.Data.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
