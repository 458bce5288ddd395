namespace GridActors.Service.Tests.Cases;

/// <summary>Duplicates: they are found, merged, and closed together with the main case.</summary>
public sealed class MergeTests : SharedServiceTest
{
    const string Title = "幸福路口井盖缺失";

    [Fact]
    public async Task Duplicate_is_found_merged_and_closed_with_the_main_case()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var (worker, resident, dispatcher) = (await As("worker-1", pack), await As("resident-a11", pack), await As("dispatcher-1", pack));
        var main = await worker.Report("C-A1-1", "rubbish", Title);
        var duplicate = await resident.Report("C-A1-1", "rubbish", "路口井盖缺失");
        await worker.Do(duplicate.Id, "claim");

        var found = Assert.Single(await Similar(dispatcher, duplicate.Id));
        Assert.Equal((main.Id, true), (found.Case.Id, found.Earlier));
        Assert.False(Assert.Single(await Similar(dispatcher, main.Id)).Earlier);

        var merged = await Merge(dispatcher, duplicate.Id, main.Id);
        Assert.Equal(("merged", null, main.Id), (merged.Status, merged.Claimant, merged.MergedInto!.Id));
        await Eventually.Is(() => dispatcher.Case(main.Id), c => c.Duplicates.Any(d => d.Id == duplicate.Id));
        Assert.Empty(await Similar(dispatcher, main.Id));
        await Eventually.Is(() => dispatcher.Board("C"), b => b.Counts is { Reported: 2, Open: 1, Unclaimed: 1 });
        Assert.DoesNotContain((await worker.Inbox()).Items, i => i.Case.Id == duplicate.Id);
        Assert.Equal("reported", (await resident.Inbox()).Items.Single(i => i.Case.Id == duplicate.Id).Role);
        Assert.DoesNotContain(duplicate.Id, (await dispatcher.Get("/api/cases?status=open")).Text, StringComparison.Ordinal);
        Assert.Contains(duplicate.Id, (await dispatcher.Get("/api/cases?status=merged")).Text, StringComparison.Ordinal);

        await worker.Do(main.Id, "claim");
        await Eventually.Is(() => resident.Case(duplicate.Id), c => c.MergedInto!.Status == "claimed");
        await worker.Do(main.Id, "resolve");
        await dispatcher.Do(main.Id, "close");
        var closed = await Eventually.Is(() => resident.Case(duplicate.Id), c => c.Status == "closed");
        Assert.Equal("resolved", closed.Outcome);
        Assert.DoesNotContain((await resident.Inbox()).Items, i => i.Case.Id == duplicate.Id);

        var told = (await resident.History(duplicate.Id)).Where(h => h.Step is "merged" or "main-stepped").ToList();
        Assert.Equal(("merged", "dispatcher-1"), (told[0].Step, told[0].By));
        Assert.Equal(("closed", main.Number), (told[^1].Main!.Status, told[^1].Main!.Number));
        Assert.Equal("duplicate-joined", (await worker.History(main.Id))[1].Step);
        Assert.Equal(duplicate.Number, (await worker.History(main.Id))[1].Duplicate!.Number);
        await BoardCounts.BoardsEqual(Service.Data, dispatcher);
        await BoardCounts.Verified(await As("administrator", pack));
    }

    [Fact]
    public async Task Row_that_is_taken_again_after_a_crash_is_one_step()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var (worker, dispatcher) = (await As("worker-1", pack), await As("dispatcher-1", pack));
        var main = await worker.Report("C-A1-1", "rubbish", Title);
        var duplicate = await worker.Report("C-A1-1", "rubbish", Title);
        var merged = await Merge(dispatcher, duplicate.Id, main.Id);
        await Eventually.Is(() => dispatcher.Case(main.Id), c => c.Duplicates.Count == 1);

        // As if the silo had died after the main case took it, and before it deleted the row.
        await using (
            var again = Service.Data.CreateCommand(
                """
                insert into case_relay (target, source, number, by, joins, status, outcome, version)
                values ($1, $2, $3, $4, true, 7, 0, $5)
                """
            )
        )
        {
            again.Parameters.AddWithValue(Guid.Parse(main.Id));
            again.Parameters.AddWithValue(Guid.Parse(duplicate.Id));
            again.Parameters.AddWithValue(duplicate.Number);
            again.Parameters.AddWithValue($"{pack}/dispatcher-1");
            again.Parameters.AddWithValue(merged.Version);
            await again.ExecuteNonQueryAsync();
        }
        await Eventually.Is(() => Waiting(main.Id), rows => rows == 0);

        Assert.Single(await worker.History(main.Id), h => h.Step == "duplicate-joined");
        Assert.Single((await worker.Case(main.Id)).Duplicates);
    }

    Task<long> Waiting(string target) => Service.Ask<long>("select count(*) from case_relay where target = $1", Guid.Parse(target));

    [Fact]
    public async Task Case_that_was_merged_by_mistake_is_opened_for_itself()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var (worker, dispatcher) = (await As("worker-1", pack), await As("dispatcher-1", pack));
        var main = await worker.Report("C-A1-1", "rubbish", Title);
        var other = await worker.Report("C-A1-1", "rubbish", Title);
        await Merge(dispatcher, other.Id, main.Id);
        await Eventually.Is(() => dispatcher.Case(main.Id), c => c.Duplicates.Count == 1);

        var own = await dispatcher.Do(other.Id, "reopen");
        Assert.Equal(("offered", null), (own.Status, own.MergedInto));
        await worker.Do(main.Id, "claim");
        await worker.Do(main.Id, "resolve");
        await dispatcher.Do(main.Id, "close");
        await worker.Do(other.Id, "claim");
        await BoardCounts.Verified(await As("administrator", pack));
        Assert.Equal("claimed", (await worker.Case(other.Id)).Status);
    }

    [Fact]
    public async Task Merge_is_refused_where_the_other_case_cannot_be_main()
    {
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        var (worker, dispatcher, clerk) = (await As("worker-1", pack), await As("dispatcher-1", pack), await As("clerk-a1", pack));
        var (main, later) = (await worker.Report("C-A1-1"), await worker.Report("C-A1-1"));
        var elsewhere = await dispatcher.Report("C-B1-1");

        (await worker.Step(later.Id, "merge", Body(main.Id))).Expect(403, "not-permitted");
        (await dispatcher.Step(main.Id, "merge", Body(later.Id))).Expect(409, "not-mergeable");
        (await dispatcher.Step(main.Id, "merge", Body(main.Id))).Expect(409, "not-mergeable");
        (await dispatcher.Step(main.Id, "merge", Body(Guid.NewGuid().ToString("N")))).Expect(409, "not-mergeable");
        (await dispatcher.Step(main.Id, "merge", Body("nonsense"))).Expect(400, "invalid-request");
        (await dispatcher.Step(later.Id, "merge", new { into = main.Id })).Expect(400, "invalid-request");
        // The clerk may not see what is in another town.
        var last = await worker.Report("C-A1-1");
        (await clerk.Step(last.Id, "merge", Body(elsewhere.Id))).Expect(409, "not-mergeable");
    }

    static object Body(string into) => new { into, reason = "同一件事" };

    static async Task<CaseView> Merge(Client client, string id, string into) =>
        (await client.Step(id, "merge", Body(into))).Expect(200).As<CaseView>();

    static async Task<IReadOnlyList<SimilarCase>> Similar(Client client, string id) =>
        (await client.Get($"/api/cases/{id}/duplicates")).Expect(200).As<Page<SimilarCase>>().Items;
}
