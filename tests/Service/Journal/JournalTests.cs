using GridActors.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Journal;

/// <summary>The write path below the actors.</summary>
public sealed class JournalTests : SharedServiceTest
{
    JournalWriter Writer => Service.Services.GetRequiredService<JournalWriter>();

    [Fact]
    public async Task Of_two_entries_with_the_same_sequence_one_is_rejected()
    {
        var stream = NewStream();

        var results = await Task.WhenAll(Writer.Append(Entry(stream, 0)), Writer.Append(Entry(stream, 0)));

        Assert.Equal([AppendResult.Appended, AppendResult.Conflict], results.Order());
        Assert.Equal(1, await Rows(stream));
    }

    [Fact]
    public async Task Appending_an_operation_twice_writes_it_once()
    {
        var entry = Entry(NewStream(), 0);

        Assert.Equal(AppendResult.Appended, await Writer.Append(entry));
        Assert.Equal(AppendResult.Appended, await Writer.Append(entry));

        Assert.Equal(1, await Rows(entry.Stream));
    }

    [Fact]
    public async Task Streams_have_no_gaps_after_parallel_appends()
    {
        var streams = Enumerable.Range(0, 20).Select(_ => NewStream()).ToList();

        await Task.WhenAll(
            streams.Select(async s =>
            {
                for (var i = 0; i < 20; i++)
                    Assert.Equal(AppendResult.Appended, await Writer.Append(Entry(s, i)));
            })
        );

        foreach (var stream in streams)
            Assert.Equal(
                20,
                await Service.Ask<long>(
                    "select count(*) from journal where stream = $1 having max(sequence) = 20 and count(distinct sequence) = 20",
                    stream
                )
            );
    }

    [Theory]
    [InlineData("{ no JSON")]
    [InlineData("\"\\u0000\"")]
    public async Task An_entry_that_cannot_be_stored_fails_alone(string data)
    {
        var good = Enumerable.Range(0, 50).Select(_ => Entry(NewStream(), 0)).ToList();
        var poison = Entry(NewStream(), 0, data);
        // The writer is blocked, so that all entries are in one batch.
        await using var holding = await Service.Data.OpenConnectionAsync();
        var transaction = await holding.BeginTransactionAsync();
        await new Npgsql.NpgsqlCommand("lock table journal in exclusive mode", holding).ExecuteNonQueryAsync();
        var blocker = Writer.Append(Entry(NewStream(), 0));
        var before = good[..25].ConvertAll(Writer.Append);
        var poisoned = Writer.Append(poison);
        var after = good[25..].ConvertAll(Writer.Append);
        await transaction.CommitAsync();

        Assert.All(await Task.WhenAll([blocker, .. before, .. after]), r => Assert.Equal(AppendResult.Appended, r));
        await Assert.ThrowsAnyAsync<Exception>(() => poisoned);
        Assert.Equal(0, await Rows(poison.Stream));
        foreach (var entry in good)
            Assert.Equal(1, await Rows(entry.Stream));
        Assert.Equal(AppendResult.Appended, await Writer.Append(Entry(NewStream(), 0)));
    }

    [Fact]
    public async Task A_full_journal_queue_answers_503_and_loses_nothing_it_accepted()
    {
        await using var service = await TestService.Start(b =>
            b.Services.Configure<JournalOptions>(o => (o.QueueLength, o.BatchLength) = (5, 3))
        );
        var dispatcher = await service.As("dispatcher-1");
        await using var holding = await service.Data.OpenConnectionAsync();
        var transaction = await holding.BeginTransactionAsync();
        await new Npgsql.NpgsqlCommand("lock table journal in exclusive mode", holding).ExecuteNonQueryAsync();

        var keys = Enumerable.Range(0, 40).Select(_ => Client.NewKey()).ToList();
        var calls = keys.ConvertAll(k => Report(k));
        await Eventually.Is(() => Task.FromResult(calls.Count(c => c.IsCompleted) >= 40 - 5 - 3));
        await transaction.CommitAsync();
        var answers = await Task.WhenAll(calls);

        Assert.All(answers.Where(a => a.Status != 201), a => Assert.Equal(TimeSpan.FromSeconds(1), a.Expect(503, "busy").RetryAfter));
        var taken = answers.Where(a => a.Status == 201).Select(a => a.As<CaseView>().Id).ToList();
        Assert.InRange(taken.Count, 5, 8);
        Assert.Equal(taken.Count, (int)await service.Ask<long>("select count(*) from case_file"));
        // Refused reports left nothing behind: repeated, each of them becomes one case.
        var again = await Task.WhenAll(
            keys.Chunk(4)
                .SelectMany(c => c)
                .Select(async k => (await Eventually.Is(() => Report(k), a => a.Status == 201)).As<CaseView>().Id)
        );
        Assert.Equal(40, again.Distinct().Count());
        Assert.Equal(40, (int)await service.Ask<long>("select count(*) from case_file"));
        Assert.Equal(40, (int)await service.Ask<long>("select count(*) from journal"));

        Task<Answer> Report(string key) =>
            dispatcher.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "拥堵",
                },
                key
            );
    }

    [Fact]
    public async Task Two_services_on_one_database_have_one_winner_of_a_claim()
    {
        await using var one = await TestService.Start();
        await using var other = await TestService.Start(database: one.ConnectionString);
        var reported = await (await one.As("clerk-a1")).Report("C-A1-1");
        await (await other.As("clerk-a1")).Case(reported.Id); // Now both services have the case in memory.

        var answers = await Task.WhenAll(
            (await one.As("worker-1")).Step(reported.Id, "claim"),
            (await other.As("worker-2")).Step(reported.Id, "claim")
        );

        var winner = Assert.Single(answers, a => a.Status == 200).As<CaseView>();
        var loser = Assert.Single(answers, a => a.Status != 200).Expect(409, "already-claimed");
        Assert.Equal(winner.Claimant, loser.Body.GetProperty("claimant").GetString());
        Assert.Equal(2, await one.Ask<long>("select count(*) from journal where stream = $1", $"case/{reported.Id}"));
    }

    async Task<long> Rows(string stream) => await Service.Ask<long>("select count(*) from journal where stream = $1", stream);

    static string NewStream() => $"test/{Guid.NewGuid():N}";

    static TestEntry Entry(string stream, int after, string data = "{}") =>
        new()
        {
            Stream = stream,
            After = after,
            Events = [new("test.happened/1", data, Status: 1)],
            At = DateTimeOffset.UtcNow,
            By = "qinghe/worker-1",
            Area = "qinghe/C",
            Operation = Guid.NewGuid(),
        };

    sealed class TestEntry : JournalEntry;
}
