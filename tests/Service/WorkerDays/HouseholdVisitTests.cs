using GridActors.Service.Tests.Households;

namespace GridActors.Service.Tests.WorkerDays;

/// <summary>The visits on a household's card, and what colleagues leave for each other.</summary>
public sealed class HouseholdVisitTests : HouseholdTest
{
    sealed record Settled(string Item, bool Done, string Note);

    sealed record Visit(string Id, string PersonName, string? Purpose, Settled[] Settled, string? Note);

    sealed record HandOver(string Person, string Text, string? To);

    [Fact]
    public async Task Card_lists_the_visits_and_words_are_for_its_workers_alone()
    {
        var household = (await Create(Worker, "褚被访")).Id;
        var id = Guid.NewGuid();
        await Send(Worker, id, household);

        var seen = Assert.Single(await Visits(Worker, household));
        Assert.Equal((id, "must-visit", "家里都好"), (Guid.Parse(seen.Id), seen.Purpose, seen.Note));
        Assert.Equal(("needs", false, "需要助行器"), (seen.Settled[0].Item, seen.Settled[0].Done, seen.Settled[0].Note));

        // The dispatcher may read households, masked: that somebody came, and not what was said.
        var masked = Assert.Single(await Visits(Dispatcher, household));
        Assert.Equal((null, ""), (masked.Note, masked.Settled[0].Note));
        (await (await As("worker-b11")).Get($"/api/households/{household}/visits")).Expect(404, "not-found");
    }

    [Fact]
    public async Task Hand_over_is_seen_by_colleagues_of_the_grid_and_by_whom_it_is_for()
    {
        var id = "h" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(id));
        var (writer, colleague, stranger) = (await As("worker-1", id), await As("worker-2", id), await As("worker-b11", id));
        var household = (await Create(writer, "卫交接")).Id;
        await Send(writer, Guid.NewGuid(), household);
        var day = (await writer.Get("/api/worker-days/me")).Expect(200).Body.GetProperty("day").GetString();
        (await writer.Post($"/api/worker-days/me/{day}/hand-over", new { text = "3栋电梯待修", to = "worker-2" }, Client.NewKey())).Expect(
            200
        );

        var left = Assert.Single(await Left(colleague));
        Assert.Equal(("worker-1", "3栋电梯待修", "worker-2"), (left.Person, left.Text, left.To));
        Assert.Single(await Left(writer));
        Assert.Empty(await Left(await As("worker-3", id)));
        Assert.Empty(await Left(stranger));
    }

    static async Task<IReadOnlyList<Visit>> Visits(Client client, string household) =>
        (await client.Get($"/api/households/{household}/visits")).Expect(200).As<Page<Visit>>().Items;

    static async Task<IReadOnlyList<HandOver>> Left(Client client) =>
        (await client.Get("/api/hand-overs")).Expect(200).As<Page<HandOver>>().Items;

    static async Task Send(Client worker, Guid id, string household)
    {
        var now = DateTimeOffset.UtcNow;
        var visit = new
        {
            id,
            sequence = 1,
            at = now,
            households = new[] { Guid.Parse(household) },
            purpose = "must-visit",
            note = "家里都好",
            settled = new[]
            {
                new
                {
                    item = "needs",
                    done = false,
                    note = "需要助行器",
                },
            },
        };
        var request = new
        {
            device = "test-phone",
            sentAt = now,
            items = new[] { visit },
        };
        var answer = (await worker.Post("/api/visits", request)).Expect(200).Body.GetProperty("items")[0];
        Assert.Equal("taken", answer.GetProperty("outcome").GetString());
    }
}
