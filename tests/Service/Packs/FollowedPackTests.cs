using GridActors.Domain.Packs;
using GridActors.Storage.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Packs;

/// <summary>Open cases follow the posts: when a pack changes, they go to those who hold the posts now.</summary>
public sealed class FollowedPackTests : SharedServiceTest
{
    Pack _pack = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = await Service.Load(TestPacks.Fresh());
    }

    [Fact]
    public async Task An_open_case_goes_from_the_leaver_to_the_successor()
    {
        var reported = await (await As("dispatcher-1", _pack.Id)).Report("C-A2-1");

        await Service.Load(Replaced("worker-a21", "newcomer"));

        var successor = await As("newcomer", _pack.Id);
        var inbox = await Eventually.Is(() => successor.Inbox(), i => i.Items.Count == 1);
        Assert.Equal((reported.Id, "offered", true), (inbox.Items[0].Case.Id, inbox.Items[0].Role, inbox.Items[0].Unread));
        Assert.Equal(["newcomer"], (await successor.Case(reported.Id)).OfferedTo);
        await successor.Do(reported.Id, "claim");
        await BoardCounts.BoardsEqual(Service.Data, await As("dispatcher-1", _pack.Id));
        await BoardCounts.Verified(await As("administrator", _pack.Id));
        Assert.Equal(0L, await Service.Ask<long>("select count(*) from inbox_item where person = $1", $"{_pack.Id}/worker-a21"));
    }

    [Fact]
    public async Task A_pack_whose_cases_cannot_be_read_holds_up_no_other()
    {
        await using var service = await TestService.Start();
        Pack[] packs = [.. new[] { TestPacks.Fresh(), TestPacks.Fresh() }.OrderBy(p => p.Id, StringComparer.Ordinal)];
        var reported = new List<CaseView>();
        foreach (var pack in packs)
        {
            await service.Load(pack);
            reported.Add(await (await service.As("dispatcher-1", pack.Id)).Report("C-A2-1"));
        }
        await service.Ask<int>(
            "update case_file set offered_to = array[null]::text[] where id = $1 returning 1",
            Guid.ParseExact(reported[0].Id, "N")
        );

        foreach (var pack in packs)
            await service.Load(Replaced(pack, "worker-a21", "newcomer"));

        var successor = await service.As("newcomer", packs[1].Id);
        await Eventually.Is(() => successor.Inbox(), i => i.Items.Count == 1);
        await service.Ask<int>(
            "update case_file set offered_to = array[$2] where id = $1 returning 1",
            Guid.ParseExact(reported[0].Id, "N"),
            $"{packs[0].Id}/worker-a21"
        );
        var first = await service.As("newcomer", packs[0].Id);
        await Eventually.Is(() => first.Inbox(), i => i.Items.Count == 1);
    }

    [Fact]
    public async Task A_leavers_claim_ends_and_the_history_says_whose()
    {
        var dispatcher = await As("dispatcher-1", _pack.Id);
        var reported = await dispatcher.Report("C-A2-1");
        await (await As("worker-a21", _pack.Id)).Do(reported.Id, "claim");

        await Service.Load(Replaced("worker-a21", "newcomer"));

        var view = await Eventually.Is(() => dispatcher.Case(reported.Id), c => c.Status == "offered");
        Assert.Null(view.Claimant);
        Assert.Equal(["newcomer"], view.OfferedTo);
        var last = (await dispatcher.History(reported.Id))[^1];
        Assert.Equal(("reoffered", "_service", _pack.Name), (last.Step, last.By, last.ByName));
        Assert.Equal(("worker-a21", "许七"), (last.From, last.FromName));
        Assert.DoesNotContain((await dispatcher.Board("C")).Ticker, t => t.Step == "reoffered");
    }

    [Fact]
    public async Task A_leavers_name_stays_readable_on_what_they_settled()
    {
        var dispatcher = await As("dispatcher-1", _pack.Id);
        var reported = await dispatcher.Report("C-A2-1");
        var worker = await As("worker-a21", _pack.Id);
        await worker.Do(reported.Id, "claim");
        await worker.Do(reported.Id, "resolve");

        await Service.Load(Replaced("worker-a21", "newcomer"));

        var view = await Eventually.Is(() => dispatcher.Case(reported.Id), c => c.OfferedTo.Contains("newcomer"));
        Assert.Equal(("resolved", "worker-a21", "许七"), (view.Status, view.Claimant, view.ClaimantName));
        Assert.Equal("许七", (await dispatcher.History(reported.Id))[1].ByName);
        Assert.Equal(
            "许七",
            (await dispatcher.Get("/api/cases?claimant=worker-a21")).Expect(200).As<Page<CaseSummary>>().Items[0].ClaimantName
        );
        var reopened = await dispatcher.Do(reported.Id, "reopen");
        Assert.Equal("offered", reopened.Status);
        Assert.Equal(["newcomer"], reopened.OfferedTo);
    }

    [Fact]
    public async Task A_confidential_case_goes_to_the_successor_and_the_former_holder_sees_it_no_more()
    {
        var lead = await (await As("resident-a11", _pack.Id)).Report("C-A1-1", "lead", "赌博线索");
        var former = await As("police-a1", _pack.Id);
        await former.Do(lead.Id, "claim");

        await Service.Load(
            Changed(
                _pack with
                {
                    People = [.. _pack.People, new("police-new", "新警官", "full-time", true)],
                    Holdings =
                    [
                        .. _pack.Holdings.Where(h => h.Person != "police-a1"),
                        new("C-A2-1", "worker", "police-a1"),
                        new("C-A1", "police", "police-new"),
                    ],
                }
            )
        );

        var successor = await As("police-new", _pack.Id);
        await Eventually.Is(() => successor.Get($"/api/cases/{lead.Id}"), a => a.Status == 200);
        (await former.Get($"/api/cases/{lead.Id}")).Expect(404, "not-found");
        (await former.Get($"/api/cases/{lead.Id}/history")).Expect(404, "not-found");
        (await former.Step(lead.Id, "claim")).Expect(404, "not-found");
        Assert.DoesNotContain((await former.Inbox()).Items, i => i.Case.Id == lead.Id);
        Assert.Equal("claimed", (await successor.Do(lead.Id, "claim")).Status);
    }

    [Fact]
    public async Task A_closed_confidential_case_is_read_by_those_who_hold_the_posts_now()
    {
        var resident = await As("resident-a11", _pack.Id);
        var lead = await resident.Report("C-A1-1", "lead", "旧线索");
        var former = await As("police-a1", _pack.Id);
        await former.Do(lead.Id, "claim");
        await former.Do(lead.Id, "handover", new { to = "police-c", reason = "县局办理" });
        await (await As("police-c", _pack.Id)).Do(lead.Id, "resolve");
        await resident.Do(lead.Id, "close");

        await Service.Load(Replaced("police-a1", "police-new"));

        await Eventually.Is(async () => await (await As("police-new", _pack.Id)).Get($"/api/cases/{lead.Id}"), a => a.Status == 200);
        Assert.Equal("closed", (await resident.Case(lead.Id)).Status);
        await BoardCounts.Verified(await As("administrator", _pack.Id));
    }

    [Fact]
    public async Task A_vacant_post_that_is_filled_gets_its_cases()
    {
        var vacant = _pack with { Holdings = [.. _pack.Holdings.Where(h => h.Person != "worker-a21")] };
        await Service.Load(Changed(vacant));
        var reported = await (await As("dispatcher-1", _pack.Id)).Report("C-A2-1");
        Assert.Equal(["dispatcher-1", "dispatcher-2"], reported.OfferedTo);

        await Service.Load(Changed(_pack));

        var worker = await As("worker-a21", _pack.Id);
        var inbox = await Eventually.Is(() => worker.Inbox(), i => i.Items.Count == 1);
        Assert.Equal(reported.Id, inbox.Items[0].Case.Id);
        var dispatcher = await As("dispatcher-2", _pack.Id);
        Assert.DoesNotContain((await dispatcher.Inbox()).Items, i => i.Case.Id == reported.Id);
    }

    [Fact]
    public async Task A_pack_that_changes_back_gives_its_cases_back()
    {
        var reported = await (await As("dispatcher-1", _pack.Id)).Report("C-A2-1");
        var dispatcher = await As("dispatcher-2", _pack.Id);
        await Service.Load(Changed(_pack with { Holdings = [.. _pack.Holdings.Where(h => h.Person != "worker-a21")] }));
        await Eventually.Is(() => dispatcher.Case(reported.Id), c => !c.OfferedTo.Contains("worker-a21"));

        await Service.Load(_pack);

        await Eventually.Is(() => dispatcher.Case(reported.Id), c => c.OfferedTo.SequenceEqual(["worker-a21"]));
    }

    [Fact]
    public async Task Removed_categories_and_departments_stay_readable_and_take_nothing_new()
    {
        var dispatcher = await As("dispatcher-1", _pack.Id);
        var reported = await dispatcher.Report("C-A1-1");
        await dispatcher.Do(reported.Id, "transfer");

        await Service.Load(
            Changed(
                _pack with
                {
                    Categories = [.. _pack.Categories.Where(c => c.Code != "rubbish").Select(c => c with { Department = null })],
                    Departments = [.. _pack.Departments.Where(d => d.Id != "enforcement")],
                }
            )
        );

        var view = await Eventually.Is(() => dispatcher.Case(reported.Id), c => c.OfferedTo.Contains("worker-1"));
        Assert.Equal(("垃圾堆放", "环境卫生", "综合执法队"), (view.CategoryName, view.Class, view.DepartmentName));
        (await dispatcher.Step(reported.Id, "transfer")).Expect(400, "invalid-request");
        (
            await dispatcher.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "新的",
                }
            )
        ).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task A_pack_that_would_disclose_an_open_confidential_case_is_rejected()
    {
        await (await As("resident-a11", _pack.Id)).Report("C-A1-1", "lead", "赌博线索");
        var open = Changed(_pack with { Categories = [.. _pack.Categories.Select(c => c with { Confidential = false })] });

        var refused = await Assert.ThrowsAsync<PackConflictException>(() =>
            Service.Services.GetRequiredService<PackStore>().Apply(open, CancellationToken.None)
        );

        Assert.Contains("lead", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pack_changed_between_two_runs_is_followed_after_the_start()
    {
        // Two services of their own on one database would each keep the case in memory, so the first must have stopped.
        var (first, database, id) = (await TestService.Start(), "", "");
        await using (first)
            (database, id) = (first.ConnectionString, (await (await first.As("dispatcher-1")).Report("C-A2-1")).Id);
        var changed = Changed(
            TestPacks.Qinghe with
            {
                Holdings = [.. TestPacks.Qinghe.Holdings.Where(h => h.Person != "worker-a21"), new("C-A2-1", "worker", "worker-4")],
            }
        );
        await using var second = await TestService.Start(database: database, packs: [changed, TestPacks.Baihe]);

        var view = await Eventually.Is(async () => await (await second.As("dispatcher-1")).Case(id), c => c.Version == 2);

        Assert.Equal(["worker-4"], view.OfferedTo);
        await Eventually.Is(() => second.Ask<bool>("select followed_at = loaded_at from pack where id = 'qinghe'"));
    }

    Pack Replaced(string leaver, string successor) => Replaced(_pack, leaver, successor);

    static Pack Replaced(Pack pack, string leaver, string successor) =>
        Changed(
            pack with
            {
                People = [.. pack.People.Where(p => p.Id != leaver), new(successor, "新来的", "part-time", true)],
                Holdings =
                [
                    .. pack.Holdings.Where(h => h.Person != leaver),
                    .. pack.Holdings.Where(h => h.Person == leaver).Select(h => h with { Person = successor }),
                ],
            }
        );

    static Pack Changed(Pack pack) => pack with { Digest = Guid.NewGuid().ToString("N") };
}
