using GridActors.Domain.Packs;

namespace GridActors.Service.Tests.Cases;

/// <summary>The first outcome is the answer to every repeat, also when the call would be refused by now.</summary>
public sealed class RepeatedOutcomeTests : SharedServiceTest
{
    Pack _pack = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = await Service.Load(TestPacks.Fresh());
    }

    Task<Client> In(string person) => As(person, _pack.Id);

    [Theory]
    [InlineData("release")]
    [InlineData("handover")]
    [InlineData("transfer")]
    public async Task A_repeated_step_by_somebody_who_no_longer_sees_the_case_gets_its_first_outcome(string action)
    {
        var reported = await (await In("clerk-a1")).Report("C-A1-1");
        // worker-b9 has no post over the case, and sees it only while it is theirs.
        await (await In("worker-1")).Do(reported.Id, "claim");
        await (await In("worker-1")).Do(reported.Id, "handover", new { to = "worker-b9", reason = "请假" });
        var (worker, key) = (await In("worker-b9"), Client.NewKey());
        var first = (await worker.Step(reported.Id, action, key: key)).Expect(200);
        (await worker.Get($"/api/cases/{reported.Id}")).Expect(404, "not-found");
        await (await In("dispatcher-1")).Do(reported.Id, "comment");

        var second = (await worker.Step(reported.Id, action, key: key)).Expect(200);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.ETag, second.ETag);
        Assert.DoesNotContain("dispatcher-1", second.As<CaseView>().OfferedTo);
    }

    [Fact]
    public async Task A_report_repeated_after_its_category_is_gone_gets_its_first_outcome()
    {
        var (clerk, key) = (await In("clerk-a1"), Client.NewKey());
        var first = await clerk.Report("C-A1-1", key: key);

        await Change(p => p with { Categories = [.. p.Categories.Where(c => c.Code != "rubbish")] });

        Assert.Equal(first.Id, (await clerk.Report("C-A1-1", key: key)).Id);
        (await clerk.Post("/api/cases", Body("C-A1-1"), Client.NewKey())).Expect(400, "invalid-request");
        (await clerk.Post("/api/cases", Body("C-A1-1"))).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task A_report_of_a_position_repeated_after_the_boundaries_moved_gets_its_first_outcome()
    {
        var (dispatcher, key) = (await In("dispatcher-1"), Client.NewKey());
        var first = (await dispatcher.Post("/api/cases", Here(), key)).Expect(201).As<CaseView>();

        await Change(p => p with { Boundaries = [.. p.Boundaries.Where(b => b.Area != first.Area)] });
        var elsewhere = (await dispatcher.Post("/api/cases", Here(), key)).Expect(201).As<CaseView>();
        await Change(p => p with { Boundaries = [] });
        var nowhere = (await dispatcher.Post("/api/cases", Here(), key)).Expect(201).As<CaseView>();

        Assert.Equal((first.Id, first.Id), (elsewhere.Id, nowhere.Id));
        (await dispatcher.Post("/api/cases", Here(), Client.NewKey())).Expect(404, "no-grid-here");

        static object Here() =>
            new
            {
                category = "rubbish",
                title = "定位",
                position = new { lon = 113.02, lat = 27.02 },
            };
    }

    [Fact]
    public async Task A_transfer_repeated_after_its_department_is_gone_gets_its_first_outcome()
    {
        var reported = await (await In("clerk-a1")).Report("C-A1-1");
        var (dispatcher, key) = (await In("dispatcher-1"), Client.NewKey());
        (await dispatcher.Step(reported.Id, "transfer", new { department = "centre", reason = "转办" }, key)).Expect(200);

        await Change(p => p with { Departments = [.. p.Departments.Where(d => d.Id != "centre")] });

        (await dispatcher.Step(reported.Id, "transfer", new { department = "centre", reason = "转办" }, key)).Expect(200);
        (await dispatcher.Step(reported.Id, "transfer", new { department = "centre", reason = "转办" })).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task An_invalid_repeat_of_another_request_is_refused()
    {
        var (clerk, key) = (await In("clerk-a1"), Client.NewKey());
        await clerk.Report("C-A1-1", key: key);

        (
            await clerk.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "",
                },
                key
            )
        ).Expect(400, "invalid-request");
    }

    static object Body(string area) =>
        new
        {
            category = "rubbish",
            area,
            title = "占道垃圾",
        };

    async Task Change(Func<Pack, Pack> change) => _pack = await Service.Load(change(_pack) with { Digest = Guid.NewGuid().ToString("N") });
}
