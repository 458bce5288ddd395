namespace GridActors.Service.Tests.Cases;

/// <summary>Links between cases: both show them, once.</summary>
public sealed class LinkTests : SharedServiceTest
{
    [Fact]
    public async Task Linked_cases_show_each_other_once_however_often_they_are_linked()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var (worker, dispatcher) = (await As("worker-1", pack), await As("dispatcher-1", pack));
        var (one, other) = (await worker.Report("C-A1-1"), await worker.Report("C-A1-1", "hazard"));

        await dispatcher.Do(one.Id, "link", Body(other.Id));
        await Eventually.Is(() => LinksOf(worker, other.Id), links => links.SequenceEqual([one.Number]));
        await dispatcher.Do(other.Id, "link", Body(one.Id));
        await dispatcher.Do(one.Id, "link", Body(other.Id));

        Assert.Equal([other.Number], await LinksOf(worker, one.Id));
        await Eventually.Is(Waiting, rows => rows == 0);
        Assert.Equal([one.Number], await LinksOf(worker, other.Id));
        var (here, there) = ((await worker.History(one.Id))[^1], (await worker.History(other.Id))[^1]);
        Assert.Equal(("linked", "dispatcher-1", "同一施工队"), (here.Step, here.By, here.Text));
        Assert.Equal(("link-added", "dispatcher-1", "同一施工队"), (there.Step, there.By, there.Text));
        await BoardCounts.Verified(await As("administrator", pack));

        Task<long> Waiting() =>
            Service.Ask<long>("select count(*) from case_link_relay where target = $1 or source = $1", Guid.Parse(other.Id));
    }

    [Fact]
    public async Task Link_is_refused_where_it_would_tell_of_a_case_or_is_not_the_callers()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var (worker, leader) = (await As("worker-1", pack), await As("leader-a", pack));
        var (one, other) = (await worker.Report("C-A1-1"), await worker.Report("C-A1-1"));
        var elsewhere = await (await As("dispatcher-1", pack)).Report("C-B1-1");
        var lead = await (await As("resident-a11", pack)).Report("C-A1-1", "lead", "只给警员");

        (await worker.Step(one.Id, "link", Body(other.Id))).Expect(403, "not-permitted");
        (await leader.Step(one.Id, "link", Body(elsewhere.Id))).Expect(409, "not-linkable");
        (await leader.Step(one.Id, "link", Body(one.Id))).Expect(409, "not-linkable");
        (await leader.Step(one.Id, "link", Body("nonsense"))).Expect(400, "invalid-request");
        // A confidential case, seen by its police officer alone, is answered as one that doesn't exist.
        var hidden = (await leader.Step(one.Id, "link", Body(lead.Id))).Expect(409, "not-linkable");
        var unknown = (await leader.Step(one.Id, "link", Body(Guid.NewGuid().ToString("N")))).Expect(409, "not-linkable");
        Assert.Equal(unknown.Body.GetProperty("detail").GetString(), hidden.Body.GetProperty("detail").GetString());
        // Of the police officer's own lead, too, nothing is told to those who see the other case.
        await worker.Do(one.Id, "claim");
        var police = await As("police-a1", pack);
        await police.Do(lead.Id, "claim");
        (await police.Step(lead.Id, "link", Body(one.Id))).Expect(409, "not-linkable");
    }

    static object Body(string to) => new { to, reason = "同一施工队" };

    static async Task<List<string?>> LinksOf(Client client, string id) =>
        [
            .. (await client.Get($"/api/cases/{id}"))
                .Expect(200)
                .Body.GetProperty("links")
                .EnumerateArray()
                .Select(l => l.GetProperty("number").GetString()),
        ];
}
