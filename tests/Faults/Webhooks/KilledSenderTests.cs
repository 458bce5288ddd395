namespace GridActors.Faults.Tests.Webhooks;

/// <summary>The real process, killed while it sends messages to another system.</summary>
public sealed class KilledSenderTests : IAsyncLifetime
{
    const int Cases = 12;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-outbox-").FullName;
    readonly WebhookReceiver _hotline = WebhookReceiver.Start();
    ServiceProcess _service = null!;

    public async Task InitializeAsync()
    {
        var environment = _hotline.Settings().ToDictionary(s => s.Name.Replace(":", "__", StringComparison.Ordinal), s => s.Value);
        // So long that nothing times out before the kill. What the killed process had taken is taken again after twice this time.
        environment["Webhooks__Timeout"] = "00:00:10";
        environment["Webhooks__Retries__0"] = environment["Webhooks__Retries__1"] = environment["Webhooks__Retries__2"] = "00:00:00.100";
        _service = await ServiceProcess.Start(new() { DataFolder = _folder, Environment = environment });
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _hotline.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Killed_before_and_while_it_sends_it_loses_nothing_and_repeats_with_the_same_id()
    {
        // Nothing that the killed process sends is answered: whether it arrived isn't known.
        var silence = new TaskCompletionSource<int>();
        _hotline.Respond = _ => silence.Task;
        var (worker, dispatcher) = (await _service.As("worker-1"), await _service.As("dispatcher-1"));
        var ids = new List<string>();
        for (var i = 0; i < Cases; i++)
        {
            var id = (await worker.Report("C-A1-1")).Id;
            await worker.Do(id, "claim");
            ids.Add(id);
        }
        foreach (var id in ids)
            await dispatcher.Do(id, "forward", new { system = "hotline", reason = "理由" });
        await Eventually.Is(() => Task.FromResult(_hotline.Received.Count > 0));
        await _service.Kill();
        Assert.True(_hotline.Received.Select(m => m.Id).Distinct().Count() < Cases, "Everything was under way already.");

        _hotline.Respond = _ => Task.FromResult(204);
        silence.TrySetResult(503);
        await _service.Start();

        await Eventually.Is(async () => await Unsent() == 0, Patience);
        Assert.All(ids, id => Assert.NotEmpty(_hotline.Of(id)));
        foreach (var id in ids)
            Assert.Single(_hotline.Of(id).Select(m => m.Id).Distinct());
        Assert.All(_hotline.Received, m => Assert.True(m.IsSignedWith(WebhookReceiver.Secret)));
    }

    async Task<long> Unsent()
    {
        await using var command = _service.Data.CreateCommand("select count(*) from outbox where state <> 1");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
