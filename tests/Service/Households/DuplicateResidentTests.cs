namespace GridActors.Service.Tests.Households;

/// <summary>Residents who may be registered twice: told at registration, listed side by side, made one, or remembered as two.</summary>
public sealed class DuplicateResidentTests : HouseholdTest
{
    sealed record Doubt(string Resident, string By, string? Household, string? Other);

    sealed record Doubtful(string Id, Doubt[] Doubts);

    sealed record Like(string Id, string Household, bool Editable);

    sealed record Pair(string By, Like One, Like? Other, string[] Same);

    sealed record Pairs(Pair[] Items, bool Complete);

    [Fact]
    public async Task Somebody_registered_twice_is_told_listed_and_made_one()
    {
        var pack = await Fresh();
        var worker = await As("worker-1", pack);
        var first = await Create(worker, "韩重", others: ["韩妻"]);
        var second = (await worker.Post("/api/households", Body("韩重", "C-A1-1", ["disabled"]), Client.NewKey()))
            .Expect(201)
            .As<Doubtful>();

        var doubt = Assert.Single(second.Doubts);
        Assert.Equal(("number", first.Id, first.Residents[0].Id), (doubt.By, doubt.Household, doubt.Other));
        var clerk = await As("clerk-a1", pack);
        var pair = Assert.Single((await Listed(clerk, "C-A1")).Items);
        Assert.Equal(("number", true), (pair.By, pair.Other!.Editable));
        Assert.Contains("idNumber", pair.Same);

        var body = new
        {
            keep = first.Residents[0].Id,
            keepHousehold = first.Id,
            resident = doubt.Resident,
            household = second.Id,
        };
        (await (await As("leader-a", pack)).Post("/api/households/duplicates/merge", body, Client.NewKey())).Expect(403, "not-permitted");
        var key = Client.NewKey();
        foreach (var _ in new[] { 1, 2 })
        {
            var kept = (await clerk.Post("/api/households/duplicates/merge", body, key)).Expect(200).As<HouseholdView>();
            Assert.Equal((first.Id, 2), (kept.Id, kept.Version));
            Assert.Equal(["disabled"], kept.Residents.Single(r => r.Id == first.Residents[0].Id).Groups);
        }

        var ended = (await clerk.Get($"/api/households/{second.Id}")).Expect(200).As<HouseholdView>();
        Assert.Equal(("empty", "moved-out"), (ended.State, ended.Resident(0).State));
        var history = (await clerk.Get($"/api/households/{second.Id}/history")).Expect(200).Body.GetProperty("items");
        var step = history.EnumerateArray().Last();
        Assert.Equal(("resident-merged", first.Id), (step.GetProperty("step").GetString(), step.GetProperty("other").GetString()));
        Assert.Empty((await Listed(clerk, "C-A1")).Items);
    }

    [Fact]
    public async Task Two_who_look_like_one_are_listed_until_somebody_says_that_they_are_two()
    {
        var pack = await Fresh();
        var (worker, clerk) = (await As("worker-1", pack), await As("clerk-a1", pack));
        var body = new
        {
            area = "C-A1-1",
            residents = new[]
            {
                new
                {
                    kind = "registered",
                    relation = "02",
                    fields = new { name = "杨同", phone = Phone },
                },
            },
        };
        var one = (await worker.Post("/api/households", body, Client.NewKey())).Expect(201).As<Doubtful>();
        var two = (await worker.Post("/api/households", body, Client.NewKey())).Expect(201).As<Doubtful>();
        Assert.Empty(one.Doubts);
        Assert.Equal("phone", Assert.Single(two.Doubts).By);

        // Rows that were written before there were such tokens get them when they are needed.
        await Service.Ask<int>("update resident set likeness = null where area = $1", $"{pack}/C-A1-1");
        var pair = Assert.Single((await Listed(clerk, "C-A1")).Items);
        Assert.Equal("phone", pair.By);
        var said = new { one = pair.One.Id, other = pair.Other!.Id };
        (await (await As("leader-a", pack)).Post("/api/households/duplicates/distinct", said)).Expect(403, "not-permitted");
        (await clerk.Post("/api/households/duplicates/distinct", said)).Expect(204);
        Assert.Empty((await Listed(clerk, "C-A1")).Items);
    }

    [Fact]
    public async Task Of_somebody_elsewhere_only_is_told_that_there_is_one()
    {
        var pack = await Fresh();
        var (worker, stranger) = (await As("worker-1", pack), await As("worker-b11", pack));
        await Create(worker, "何远");

        var other = (await stranger.Post("/api/households", Body("何近", "C-B1-1"), Client.NewKey())).Expect(201);

        Assert.Equal(("number", null, null), Told(Assert.Single(other.As<Doubtful>().Doubts)));
        Assert.DoesNotContain("何远", other.Text, StringComparison.Ordinal);
        var listed = await stranger.Get("/api/households/duplicates?area=C-B1-1");
        Assert.Null(Assert.Single(listed.Expect(200).As<Pairs>().Items).Other);
        (await stranger.Get("/api/households/duplicates?area=C-A1-1")).Expect(403, "not-your-area");

        static (string, string?, string?) Told(Doubt doubt) => (doubt.By, doubt.Household, doubt.Other);
    }

    async Task<string> Fresh()
    {
        var pack = "d" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(pack));
        return pack;
    }

    static async Task<Pairs> Listed(Client client, string area) =>
        (await client.Get($"/api/households/duplicates?area={area}")).Expect(200).As<Pairs>();
}
