using GridActors.Service.Tests.Households;

namespace GridActors.Service.Tests.Coverage;

/// <summary>How much of what must be visited and looked at this week is done, counted from the ledger's rhythms.</summary>
public sealed class CoverageTests : HouseholdTest
{
    string _pack = "";
    Client _worker = null!;
    Client _clerk = null!;

    sealed record Figures(int Due, int Overdue, int Done);

    sealed record Part(string Area, Figures MustVisit, Figures MustLook);

    sealed record Kind(string Id, Figures Visits);

    sealed record View(DateOnly From, DateOnly To, Part Area, Kind[] Groups, Kind[] Places, Part[] Children);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = "v" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(_pack));
        (_worker, _clerk) = (await As("worker-1", _pack), await As("clerk-a1", _pack));
    }

    [Fact]
    public async Task A_visit_moves_a_household_from_due_to_done_wherever_the_area_is_looked_at()
    {
        var household = await Create(_worker, "柏独居", ["elder-alone"]);
        await Create(_worker, "柏常住");

        var before = await Get(_clerk, "C-A1");
        Assert.Equal((DayOfWeek.Monday, 6), (before.From.DayOfWeek, before.To.DayNumber - before.From.DayNumber));
        Assert.Equal(new(1, 1, 0), before.Area.MustVisit);
        Assert.Equal([new Figures(1, 1, 0), new(0, 0, 0)], before.Children.Select(c => c.MustVisit));
        Assert.Equal(household.Id, Assert.Single(await List(_clerk, "C-A1", "&mustVisit=week")).Id);
        Assert.Single(await List(_clerk, "C-A1", "&mustVisit=overdue"));

        (await _worker.Post($"/api/households/{household.Id}/confirm", new { visit = true }, Client.NewKey())).Expect(200);

        await Eventually.Is(async () => (await Get(_clerk, "C-A1")).Area.MustVisit == new Figures(0, 0, 1));
        Assert.Empty(await List(_clerk, "C-A1", "&mustVisit=week"));
        var town = await Get(await As("leader-a", _pack), "C-A");
        Assert.Equal(new(0, 0, 1), Assert.Single(town.Groups, g => g.Id == "elder-alone").Visits);
    }

    [Fact]
    public async Task A_household_in_several_groups_counts_once_and_a_hidden_group_only_for_who_may_know_it()
    {
        await Create(_worker, "柏两类", ["elder-alone", "disabled"]);
        await Create(_clerk, "柏隐私", ["mental-illness"]);

        var clerk = await Get(_clerk, "C-A1");
        Assert.Equal((2, 3), (clerk.Area.MustVisit.Due, clerk.Groups.Sum(g => g.Visits.Due)));
        var leader = await Get(await As("leader-a", _pack), "C-A1");
        Assert.Equal(1, leader.Area.MustVisit.Due);
        Assert.DoesNotContain(leader.Groups, g => g.Id == "mental-illness");
        Assert.Single(await List(await As("leader-a", _pack), "C-A1", "&mustVisit=week"));
    }

    [Fact]
    public async Task Key_places_are_looked_at_by_the_rhythm_of_their_type()
    {
        var body = new
        {
            area = "C-A1-1",
            kind = "key-place",
            type = "school",
            fields = new { name = "竹园小学", address = "竹园路2号" },
        };
        var place = (await _worker.Post("/api/places", body, Client.NewKey())).Expect(201).Body.GetProperty("id").GetString();
        Assert.Equal(new(1, 1, 0), (await Get(_clerk, "C-A1")).Area.MustLook);

        (await _worker.Post($"/api/places/{place}/visit", new { }, Client.NewKey())).Expect(200);

        await Eventually.Is(async () => (await Get(_clerk, "C-A1")).Area.MustLook == new Figures(0, 0, 1));
        Assert.Equal("school", Assert.Single((await Get(_clerk, "C-A1")).Places).Id);
    }

    [Fact]
    public async Task Who_may_not_read_the_households_of_an_area_sees_no_coverage()
    {
        (await _clerk.Get("/api/coverage?area=C-B1")).Expect(403, "not-your-area");
        (await (await As("visitor-a", _pack)).Get("/api/coverage?area=C-A1")).Expect(403, "not-your-area");
        (await _clerk.Get("/api/coverage?area=X")).Expect(404, "not-found");
        (await (await As("worker-1", "baihe")).Get("/api/coverage")).Expect(404, "no-households");
        (await _clerk.Get("/api/households?area=C-A1&mustVisit=ever")).Expect(400, "invalid-request");
        (await Service.Anybody().Get("/api/coverage")).Expect(401, "not-signed-in");
    }

    static async Task<View> Get(Client client, string area) => (await client.Get($"/api/coverage?area={area}")).Expect(200).As<View>();
}
