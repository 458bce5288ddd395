using System.Globalization;

namespace GridActors.Service.Tests.WorkerDays;

/// <summary>What comes after a day was closed, and what happens when the connection to the database breaks.</summary>
public sealed class LateTests : FieldTest
{
    [Fact]
    public async Task Day_is_closed_when_its_time_comes_and_late_items_are_corrections()
    {
        await Sent("check-ins", Item("sign-in", Ago(9)), Item("check-in", Ago(8)));
        await CloseNow();
        var closed = await Eventually.Is(() => MyDay(), d => d.Closed);
        Assert.Equal(("off", 0), (closed.State, closed.Corrections));

        object[] late = [Item("check-in", Ago(7)), Item("sign-out", Ago(6))];
        var answers = await Sent("check-ins", late);
        var again = await Sent("check-ins", late);

        Assert.All(answers, a => Assert.Equal(("taken", true), (a.Outcome, a.Late)));
        Assert.All(again, a => Assert.Equal(("repeated", true), (a.Outcome, a.Late)));
        var day = await MyDay();
        Assert.Equal((4, 2), (day.Records.Length, day.Corrections));
        Assert.Equal([false, false, true, true], day.Records.Select(r => r.Late));
        var events = await Eventually.Is(() => Events(), e => e.Count == 2);
        Assert.Equal(["worker-day.closed/1", "worker-day.corrected/1"], events.Select(e => e.Kind));
        Assert.Contains("\"late\": 2", events[1].Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_that_is_called_without_anything_new_is_not_called_again()
    {
        await Sent("check-ins", Item("sign-in", Ago(9)));
        await CloseNow();
        await Eventually.Is(() => MyDay(), d => d.Closed);
        await Execute("update worker_day set unsettled = true, call_at = now() where person = $1");

        await Eventually.Is(() => Unsettled(), u => !u);

        Assert.Equal(["worker-day.closed/1"], (await Events()).Select(e => e.Kind));
    }

    [Fact]
    public async Task Repeat_after_the_day_was_closed_is_no_correction()
    {
        object[] items = [Item("sign-in", Ago(9)), Item("check-in", Ago(8))];
        await Sent("check-ins", items);
        await CloseNow();
        await Eventually.Is(() => MyDay(), d => d.Closed);

        var again = await Sent("check-ins", items);

        Assert.All(again, a => Assert.Equal(("repeated", false), (a.Outcome, a.Late)));
        Assert.False(await Unsettled());
    }

    [Fact]
    public async Task Killed_connections_lose_and_double_nothing()
    {
        var batches = Enumerable.Range(0, 40).Select(_ => new[] { Item("check-in"), Item("check-in") }).ToList();
        using var stop = new CancellationTokenSource();
        var killing = Kill(stop.Token);

        var answers = await Task.WhenAll(batches.Select(SendUntilAnswered));
        await stop.CancelAsync();
        await killing;

        Assert.All(answers.SelectMany(a => a), a => Assert.Contains(a.Outcome, new[] { "taken", "repeated" }));
        Assert.Equal(80, (await MyDay()).Records.Length);
    }

    async Task<ItemAnswer[]> SendUntilAnswered(object[] items) =>
        (await Eventually.Is(() => Send("check-ins", items), a => a.Status != 503)).Expect(200).As<BatchAnswer>().Items;

    /// <summary>Ends every connection that writes records, some times.</summary>
    async Task Kill(CancellationToken cancellationToken)
    {
        for (var i = 0; i < 20 && !cancellationToken.IsCancellationRequested; i++)
        {
            await using var command = Service.Data.CreateCommand(
                """
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                    and query like '%insert into worker_day%' and query not like '%pg_terminate_backend%'
                """
            );
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    async Task<bool> Unsettled()
    {
        await using var command = Service.Data.CreateCommand("select bool_or(unsettled) from worker_day where person = $1");
        command.Parameters.Add(new() { Value = $"{Pack}/worker-1" });
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    async Task<IReadOnlyList<(string Kind, string Data)>> Events()
    {
        await using var command = Service.Data.CreateCommand(
            string.Create(
                CultureInfo.InvariantCulture,
                $"select kind, data::text from journal where stream like 'worker-day/{Pack}/worker-1/%' order by sequence"
            )
        );
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<(string, string)>();
        while (await reader.ReadAsync())
            events.Add((reader.GetString(0), reader.GetString(1)));
        return events;
    }
}
