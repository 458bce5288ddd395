using Microsoft.AspNetCore.SignalR;

namespace GridActors.Service.Tests.Packs;

/// <summary>Two packs have the same area codes and person ids, and nobody sees the other pack's.</summary>
public sealed class PackSeparationTests : SharedServiceTest
{
    [Fact]
    public async Task A_case_of_one_pack_does_not_exist_for_the_other()
    {
        var (here, there) = (await As("dispatcher-1"), await As("dispatcher-1", "baihe"));
        var photo = (await here.Upload(Pictures.Jpeg(40))).Expect(201).Body.GetProperty("id").GetString()!;
        var view = (
            await here.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "清河的事",
                    photos = new[] { photo },
                }
            )
        ).Expect(201).As<CaseView>();

        (await there.Get($"/api/cases/{view.Id}")).Expect(404, "not-found");
        (await there.Get($"/api/cases/{view.Id}/history")).Expect(404, "not-found");
        (await there.Get($"/api/cases/{view.Id}/photos/{photo}")).Expect(404, "not-found");
        (await there.Get($"/api/photos/{photo}")).Expect(404, "not-found");
        // The others' pack has neither that department nor that system.
        foreach (var step in Steps.All.Where(s => s is not ("transfer" or "forward")))
            (await there.Step(view.Id, step)).Expect(404, "not-found");
        await using var hub = await Service.Connect("dispatcher-1", "baihe");
        Assert.Contains(
            "not-found",
            (await Assert.ThrowsAsync<HubException>(() => hub.WatchCase(view.Id))).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(1, (await here.Case(view.Id)).Version);
    }

    [Fact]
    public async Task People_of_the_same_id_have_each_their_own_inbox_and_lists()
    {
        var (one, other) = ((await Service.Load(TestPacks.Fresh())).Id, (await Service.Load(TestPacks.Fresh())).Id);
        await using var hub = await Service.Connect("worker-1", other);
        var here = await (await As("clerk-a1", one)).Report("C-A1-1", title: "只在这里");
        var there = await (await As("clerk-a1", other)).Report("C-A1-1", title: "只在那里");

        await hub.Inbox(there.Id, c => c.Role == "offered");
        Assert.Equal([here.Id], (await (await As("worker-1", one)).Inbox()).Items.Select(i => i.Case.Id));
        Assert.Equal([there.Id], (await (await As("worker-1", other)).Inbox()).Items.Select(i => i.Case.Id));
        Assert.DoesNotContain(hub.Pushes, p => p.Argument.GetRawText().Contains(here.Id, StringComparison.Ordinal));
        foreach (
            var query in new[] { "", "?area=C-A1-1", "?reporter=clerk-a1", "?text=" + Uri.EscapeDataString("只在"), "?text=" + here.Number }
        )
            Assert.DoesNotContain(
                here.Id,
                (await (await As("dispatcher-1", other)).Get("/api/cases" + query)).Expect(200).Text,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task Areas_of_the_same_code_in_two_packs_are_counted_apart()
    {
        var (one, other) = ((await Service.Load(TestPacks.Fresh())).Id, (await Service.Load(TestPacks.Fresh())).Id);
        await using var hub = await Service.Connect("dispatcher-1", other);
        await hub.WatchArea("C");
        for (var i = 0; i < 3; i++)
            await (await As("dispatcher-1", one)).Report("C-A1-1");
        await (await As("dispatcher-1", other)).Report("C-A1-1");

        await Eventually.Is(async () => (await (await As("dispatcher-1", one)).Board("C")).Counts.Reported, r => r == 3);
        await hub.Next("AreaChanged", p => p.As<Frame>().Counts.Reported == 1);
        Assert.DoesNotContain(hub.Pushes, p => p.Target == "AreaChanged" && p.As<Frame>().Counts.Reported > 1);
        Assert.Equal(1, (await (await As("dispatcher-1", other)).Board("C")).Counts.Reported);
    }

    [Fact]
    public async Task Areas_of_another_pack_return_not_found()
    {
        var (here, there) = (await As("dispatcher-1"), await As("dispatcher-1", "baihe"));

        (await here.Get("/api/areas/C-X-1")).Expect(404, "not-found");
        (await there.Get("/api/areas/C-B1-1")).Expect(404, "not-found");
        Assert.Equal("青山镇", (await here.Get("/api/areas/C-A")).Expect(200).As<AreaView>().Name);
        Assert.Equal("黄泥镇", (await there.Get("/api/areas/C-A")).Expect(200).As<AreaView>().Name);
        await using var hub = await Service.Connect("dispatcher-1", "baihe");
        Assert.Contains(
            "not-found",
            (await Assert.ThrowsAsync<HubException>(() => hub.WatchArea("C-B1"))).Message,
            StringComparison.Ordinal
        );
        (await there.Get("/api/cases?area=C-B1")).Expect(404, "not-found");
    }
}
