using System.Collections.Concurrent;

namespace GridActors.Faults.Tests.FieldTasks;

/// <summary>The real process, killed while tasks are being sent and done.</summary>
public sealed class KilledSendTests : IAsyncLifetime
{
    const int Tasks = 60;
    const int Grids = 6;

    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-tasks-").FullName;
    ServiceProcess _service = null!;

    public async Task InitializeAsync() => _service = await ServiceProcess.Start(new() { DataFolder = _folder });

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Tasks_sent_while_the_process_is_killed_are_there_once_with_every_to_do()
    {
        var (leader, worker) = (await _service.As("dispatcher-1"), await _service.As("worker-1"));
        var keys = Enumerable.Range(0, Tasks).Select(_ => Client.NewKey()).ToList();
        var sent = new ConcurrentDictionary<string, string>();
        var killing = new TaskCompletionSource();

        var work = Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (key, _) =>
            {
                try
                {
                    var id = (await leader.Post("/api/tasks", Body(), key)).Expect(201).Body.GetProperty("id").GetString()!;
                    sent[key] = id;
                    if (sent.Count >= Tasks / 4)
                        killing.TrySetResult();
                    await worker.Post($"/api/tasks/{id}/targets/C-A1-1/done", new { note = "已确认" }, key);
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
        Assert.InRange(sent.Count, Tasks / 4, Tasks - 1);

        await _service.Start();
        (leader, worker) = (await _service.As("dispatcher-1"), await _service.As("worker-1"));
        foreach (var key in keys)
        {
            var id = (await leader.Post("/api/tasks", Body(), key)).Expect(201).Body.GetProperty("id").GetString()!;
            Assert.Equal(sent.GetValueOrDefault(key, id), id);
            (await worker.Post($"/api/tasks/{id}/targets/C-A1-1/done", new { note = "已确认" }, key)).Expect(200);
        }

        Assert.Equal(Tasks, await Count("select count(*) from field_task"));
        Assert.Equal(Tasks * Grids, await Count("select count(*) from field_task_target"));
        Assert.Equal(Tasks, await Count("select count(*) from field_task_target where status = 1"));
        Assert.Equal(Tasks, await Count("select count(*) from journal where kind = 'field-task.sent/1'"));
        Assert.Equal(Tasks, await Count("select count(*) from journal where kind = 'field-task.done/1'"));
        await Eventually.Is(async () => await OpenOnBoard(leader) == Tasks * (Grids - 1));
    }

    static object Body() =>
        new
        {
            area = "C",
            title = "通知",
            kind = "notice",
            audience = new { levels = new[] { "grid" }, posts = new[] { "worker" } },
        };

    async Task<long> Count(string sql)
    {
        await using var command = _service.Data.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static async Task<int> OpenOnBoard(Client leader) =>
        (await leader.Get("/api/areas/C/board")).Expect(200).Body.GetProperty("counts").GetProperty("tasks").GetProperty("open").GetInt32();
}
