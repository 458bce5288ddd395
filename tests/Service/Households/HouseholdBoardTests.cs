namespace GridActors.Service.Tests.Households;

/// <summary>The ledger's figures on boards: live, rolled up, equal to SQL, and only for who may read households.</summary>
public sealed class HouseholdBoardTests : HouseholdTest
{
    sealed record HouseholdFigures(
        int Households,
        int Residents,
        int Registered,
        int Migrant,
        int Absent,
        int Complete,
        int Stale,
        int NeverVisited,
        int CertificatesLapsing
    );

    sealed record Figures(HouseholdFigures? Households);

    sealed record ChildFigures(string Code, Figures Counts);

    sealed record Shown(Figures Counts, IReadOnlyList<ChildFigures> Children);

    [Fact]
    public async Task Households_are_counted_on_the_boards_above_and_told_to_nobody_who_may_not_read_them()
    {
        var id = "b" + Guid.NewGuid().ToString("N")[..12];
        await Service.Load(TestPacks.FromFiles(id));
        var (worker, leader, visitor) = (await As("worker-1", id), await As("leader-a", id), await As("visitor-a", id));
        await using var hub = await HubClient.Connect(Service.Url, leader.Token);
        await using var visitors = await HubClient.Connect(Service.Url, visitor.Token);
        await hub.WatchArea("C-A");
        await visitors.WatchArea("C-A");

        var household = await Create(worker, "板上户", ["elder-alone", "mental-illness"], ["板上人"]);

        await Shows(leader, new(1, 2, 2, 0, 0, 1, 0, 1, 0));
        await hub.Next("AreaChanged", p => p.As<Shown>().Counts.Households?.Residents == 2);
        var moved = new { area = "C-A1-2", reason = "搬家" };
        (await (await As("clerk-a1", id)).Post($"/api/households/{household.Id}/move", moved, Client.NewKey())).Expect(200);
        var clerk = await As("clerk-a1", id);
        (await clerk.Post($"/api/households/{household.Id}/confirm", new { visit = true }, Client.NewKey())).Expect(200);
        await Shows(leader, new(1, 2, 2, 0, 0, 1, 0, 0, 0));
        await BoardCounts.Verified(await As("administrator", id));

        var board = (await visitor.Get("/api/areas/C-A/board")).Expect(200).As<Shown>();
        Assert.Null(board.Counts.Households);
        Assert.All(board.Children, c => Assert.Null(c.Counts.Households));
        var pushed = visitors.Pushes.Where(p => p.Target == "AreaChanged").ToList();
        Assert.NotEmpty(pushed);
        Assert.All(pushed, p => Assert.Null(p.As<Shown>().Counts.Households));
        Assert.All(pushed, p => Assert.All(p.As<Shown>().Children, c => Assert.Null(c.Counts.Households)));
    }

    static Task<Shown> Shows(Client client, HouseholdFigures figures) =>
        Eventually.Is(
            async () => (await client.Get("/api/areas/C-A/board")).Expect(200).As<Shown>(),
            b => b.Counts.Households == figures && b.Children.Single(c => c.Code == "C-A1").Counts.Households == figures
        );
}
