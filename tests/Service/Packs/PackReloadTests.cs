using GridActors.Domain.Packs;
using GridActors.Storage.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Packs;

/// <summary>A pack that changed while cases were open.</summary>
public sealed class PackReloadTests : SharedServiceTest
{
    Pack _pack = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = await Service.Load(TestPacks.Fresh());
    }

    [Fact]
    public async Task An_unchanged_pack_is_not_loaded_twice() =>
        Assert.False(await Service.Services.GetRequiredService<PackStore>().Apply(_pack, CancellationToken.None));

    [Fact]
    public async Task A_changed_pack_applies_the_difference_and_keeps_history()
    {
        var dispatcher = await As("dispatcher-1", _pack.Id);
        var reported = await dispatcher.Report("C-A1-1");
        await (await As("worker-1", _pack.Id)).Do(reported.Id, "claim");
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Claimed == 1);

        await Service.Load(
            Changed(
                _pack with
                {
                    Areas =
                    [
                        .. _pack.Areas.Where(a => a.Code != "C-B-9").Select(a => a.Code == "C-A1-1" ? a with { Name = "竹园新网格" } : a),
                        new("C-A1-7", "竹园村第七网格", "grid", "C-A1", "rural", true),
                    ],
                    Holdings =
                    [
                        .. _pack.Holdings.Where(h => h.Area != "C-B-9" && h.Person != "worker-1"),
                        new("C-A1-7", "worker", "newcomer"),
                    ],
                    People = [.. _pack.People.Where(p => p.Id != "worker-1"), new("newcomer", "新来的", "part-time", true)],
                }
            )
        );

        Assert.Equal("竹园新网格", (await dispatcher.Get("/api/areas/C-A1-1")).Expect(200).As<AreaView>().Name);
        (await dispatcher.Get("/api/areas/C-B-9")).Expect(404, "not-found");
        Assert.Equal(
            ["C-A1-1", "C-A1-2", "C-A1-7"],
            (await dispatcher.Get("/api/areas/C-A1/children")).Expect(200).As<Page<AreaView>>().Items.Select(a => a.Code)
        );
        var view = await Eventually.Is(() => dispatcher.Case(reported.Id), c => c.Status == "offered");
        Assert.Equal((null, "竹园新网格"), (view.Claimant, view.AreaName));
        Assert.Equal(["reported", "claimed", "reoffered"], (await dispatcher.History(reported.Id)).Select(h => h.Step));
        var fresh = await (await As("newcomer", _pack.Id)).Report("C-A1-7");
        Assert.Equal(["newcomer"], fresh.OfferedTo);
        await Eventually.Holds(async () =>
        {
            var board = await dispatcher.Board("C-A1");
            Assert.Equal(["C-A1-1", "C-A1-2", "C-A1-7"], board.Children.Select(c => c.Code));
            Assert.Equal([1, 0, 1], board.Children.Select(c => c.Counts.Reported));
            Assert.Equal(["C-B1"], (await dispatcher.Board("C-B")).Children.Select(c => c.Code));
            Assert.Equal(2, (await dispatcher.Board("C")).Counts.Reported);
        });
    }

    [Fact]
    public async Task A_person_removed_from_the_pack_is_signed_out_and_cannot_sign_in()
    {
        var worker = await As("worker-5", _pack.Id);
        await worker.Inbox();

        await Service.Load(
            Changed(
                _pack with
                {
                    People = [.. _pack.People.Where(p => p.Id != "worker-5")],
                    Holdings = [.. _pack.Holdings.Where(h => h.Person != "worker-5")],
                }
            )
        );

        (await worker.Get("/api/me")).Expect(401, "not-signed-in");
        (await Service.Anybody().Post("/api/session", new { account = $"{_pack.Id}/worker-5", password = TestService.Password })).Expect(
            401,
            "wrong-credentials"
        );
    }

    [Fact]
    public async Task A_person_who_loses_a_post_loses_its_permissions_at_once()
    {
        var leader = await As("leader-a", _pack.Id);
        await leader.Board("C-A");

        await Service.Load(
            Changed(_pack with { Holdings = [.. _pack.Holdings.Where(h => h.Person != "leader-a"), new("C-B", "leader", "leader-a")] })
        );

        (await leader.Get("/api/areas/C-A/board")).Expect(403, "not-your-area");
        await leader.Board("C-B");
    }

    [Fact]
    public async Task A_pack_change_that_removes_an_area_with_cases_is_rejected_as_a_whole()
    {
        var dispatcher = await As("dispatcher-1", _pack.Id);
        await dispatcher.Report("C-B-9");
        var without = Changed(
            _pack with
            {
                Areas = [.. _pack.Areas.Where(a => a.Code != "C-B-9").Select(a => a.Code == "C-B" ? a with { Name = "改名" } : a)],
                Holdings = [.. _pack.Holdings.Where(h => h.Area != "C-B-9")],
            }
        );

        var refused = await Assert.ThrowsAsync<PackConflictException>(() =>
            Service.Services.GetRequiredService<PackStore>().Apply(without, CancellationToken.None)
        );

        Assert.Contains("C-B-9", refused.Message, StringComparison.Ordinal);
        await Service.Load(await Service.Load(TestPacks.Fresh()));
        Assert.Equal("白沙镇", (await dispatcher.Get("/api/areas/C-B")).Expect(200).As<AreaView>().Name);
        Assert.Equal(1, (await dispatcher.Board("C-B-9")).Counts.Reported);
    }

    [Fact]
    public async Task A_village_that_moves_takes_its_figures_to_its_new_town()
    {
        var dispatcher = await As("dispatcher-1", _pack.Id);
        await dispatcher.Report("C-A2-1");
        await dispatcher.Report("C-A1-1");
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts.Reported == 2);

        await Service.Load(
            Changed(
                _pack with
                {
                    Areas =
                    [
                        .. _pack.Areas.Where(a => !a.Code.StartsWith("C-A2", StringComparison.Ordinal)),
                        .. _pack
                            .Areas.Where(a => a.Code.StartsWith("C-A2", StringComparison.Ordinal))
                            .Select(a => a.Code == "C-A2" ? a with { Parent = "C-B" } : a),
                    ],
                }
            )
        );

        await BoardCounts.BoardsEqual(Service.Data, dispatcher);
        Assert.Equal([1, 1], (await dispatcher.Board("C")).Children.Select(c => c.Counts.Reported));
    }

    static Pack Changed(Pack pack) => pack with { Digest = Guid.NewGuid().ToString("N") };
}
