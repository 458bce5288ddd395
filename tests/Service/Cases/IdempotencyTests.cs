namespace GridActors.Service.Tests.Cases;

/// <summary>A caller that got no answer repeats the call with the same key. Both have one effect and one outcome.</summary>
public sealed class IdempotencyTests : SharedServiceTest
{
    [Fact]
    public async Task A_report_sent_twice_is_one_case()
    {
        var (clerk, key) = (await As("clerk-a1"), Client.NewKey());
        var body = new
        {
            category = "rubbish",
            area = "C-A1-1",
            title = "重复上报",
            detail = "一次",
        };

        var first = (await clerk.Post("/api/cases", body, key)).Expect(201);
        var second = (await clerk.Post("/api/cases", body, key)).Expect(201);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Headers["Location"], second.Headers["Location"]);
        Assert.Equal(1, await Events(first.As<CaseView>().Id));
    }

    [Theory]
    [InlineData("claim")]
    [InlineData("release")]
    [InlineData("handover")]
    [InlineData("on-site")]
    [InlineData("progress")]
    [InlineData("resolve")]
    [InlineData("explain")]
    [InlineData("transfer")]
    [InlineData("comment")]
    [InlineData("close")]
    [InlineData("reopen")]
    [InlineData("return")]
    public async Task A_step_sent_twice_is_one_step(string action)
    {
        var (id, person) = await ReadyFor(action);
        var (client, key) = (await As(person), Client.NewKey());

        var first = (await client.Step(id, action, key: key)).Expect(200);
        var second = (await client.Step(id, action, key: key)).Expect(200);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.ETag, second.ETag);
        Assert.Equal(first.As<CaseView>().Version, await Events(id));
    }

    [Theory]
    [InlineData("claim")]
    [InlineData("progress")]
    [InlineData("comment")]
    public async Task A_step_sent_twenty_times_at_once_is_one_step(string action)
    {
        var (id, person) = await ReadyFor(action);
        var (client, key) = (await As(person), Client.NewKey());
        var before = await Events(id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.Step(id, action, key: key)));

        Assert.All(answers, a => a.Expect(200));
        Assert.Single(answers.Select(a => a.Text).Distinct());
        Assert.Equal(before + 1, await Events(id));
    }

    [Fact]
    public async Task A_report_sent_twenty_times_at_once_is_one_case()
    {
        var (clerk, key) = (await As("clerk-a1"), Client.NewKey());

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    clerk.Post(
                        "/api/cases",
                        new
                        {
                            category = "rubbish",
                            area = "C-A1-1",
                            title = "同时上报",
                        },
                        key
                    )
                )
        );

        var id = Assert.Single(answers.Select(a => a.Expect(201).As<CaseView>().Id).Distinct());
        Assert.Equal(1, await Events(id));
    }

    [Fact]
    public async Task A_repeated_step_gets_its_first_outcome_after_later_steps()
    {
        var (id, person) = await ReadyFor("claim");
        var (worker, key) = (await As(person), Client.NewKey());
        (await worker.Step(id, "claim", key: key)).Expect(200);
        await worker.Do(id, "release");
        await (await As("worker-2")).Do(id, "claim");

        var repeated = (await worker.Step(id, "claim", key: key)).Expect(200).As<CaseView>();

        Assert.Equal(("worker-2", 4), (repeated.Claimant, repeated.Version));
    }

    [Fact]
    public async Task A_repeated_rejected_call_gets_the_same_rejection()
    {
        var (id, _) = await ReadyFor("claim");
        var (stranger, key) = (await As("visitor-a"), Client.NewKey());

        (await stranger.Step(id, "claim", key: key)).Expect(403, "not-recipient");
        (await stranger.Step(id, "claim", key: key)).Expect(403, "not-recipient");
    }

    [Fact]
    public async Task The_same_key_for_another_step_is_refused_and_does_nothing()
    {
        var (id, person) = await ReadyFor("progress");
        var (worker, key) = (await As(person), Client.NewKey());
        (await worker.Step(id, "progress", key: key)).Expect(200);
        var before = await Events(id);

        foreach (var other in Steps.All.Where(s => s != "progress"))
            (await worker.Step(id, other, key: key)).Expect(422, "idempotency-key-reused");

        Assert.Equal(before, await Events(id));
    }

    [Fact]
    public async Task The_same_key_for_another_report_is_refused()
    {
        var (clerk, key) = (await As("clerk-a1"), Client.NewKey());
        await clerk.Report("C-A1-1", title: "第一件", key: key);

        (
            await clerk.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "第二件",
                },
                key
            )
        ).Expect(422, "idempotency-key-reused");
        (
            await clerk.Post(
                "/api/cases",
                new
                {
                    category = "hazard",
                    area = "C-A1-1",
                    title = "第一件",
                },
                key
            )
        ).Expect(422, "idempotency-key-reused");
        (
            await clerk.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-2",
                    title = "第一件",
                },
                key
            )
        ).Expect(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task The_same_key_of_another_caller_is_another_operation()
    {
        var key = Client.NewKey();
        var first = await (await As("clerk-a1")).Report("C-A1-1", key: key);
        var second = await (await As("dispatcher-1")).Report("C-A1-1", key: key);
        var other = await (await As("dispatcher-1", "baihe")).Report("C-A1-1", key: key);

        Assert.Equal(3, new[] { first.Id, second.Id, other.Id }.Distinct().Count());
    }

    [Fact]
    public async Task Calls_without_a_key_are_separate_operations()
    {
        var clerk = await As("clerk-a1");
        var body = new
        {
            category = "rubbish",
            area = "C-A1-1",
            title = "没有键",
        };

        var one = (await clerk.Post("/api/cases", body)).Expect(201).As<CaseView>();
        var two = (await clerk.Post("/api/cases", body)).Expect(201).As<CaseView>();

        Assert.NotEqual(one.Id, two.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("129")]
    public async Task An_invalid_idempotency_key_is_rejected(string key)
    {
        if (key == "129")
            key = new string('k', 129);
        var (id, person) = await ReadyFor("claim");
        var client = await As(person);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Service.Url, $"/api/cases/{id}/claim"));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        (await client.Send(request)).Expect(400, "invalid-request");

        Assert.Equal(1, await Events(id));
    }

    [Fact]
    public async Task A_key_of_128_characters_is_accepted() =>
        await (await As("clerk-a1")).Report("C-A1-1", key: Client.NewKey() + new string('~', 96));

    async Task<(string Id, string Person)> ReadyFor(string action)
    {
        var reported = await (await As("clerk-a1")).Report("C-A1-1");
        if (action == "claim")
            return (reported.Id, "worker-1");
        var worker = await As("worker-1");
        await worker.Do(reported.Id, "claim");
        if (action is not ("close" or "reopen" or "return"))
            return (reported.Id, "worker-1");
        await worker.Do(reported.Id, "resolve");
        if (action == "reopen")
            await (await As("clerk-a1")).Do(reported.Id, "close");
        return (reported.Id, "clerk-a1");
    }

    async Task<int> Events(string id) => (int)await Service.Ask<long>("select count(*) from journal where stream = $1", $"case/{id}");
}
