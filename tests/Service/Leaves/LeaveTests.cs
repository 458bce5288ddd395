using System.Globalization;
using GridActors.Domain.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Leaves;

/// <summary>Leave through the API: the deputy gets what is offered meanwhile, and gives it back.</summary>
public sealed class LeaveTests : SharedServiceTest
{
    Pack _pack = null!;
    Client _worker = null!;
    Client _deputy = null!;
    Client _reporter = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = await Service.Load(TestPacks.Fresh());
        (_worker, _deputy) = (await As("worker-a21", _pack.Id), await As("clerk-b1", _pack.Id));
        _reporter = await As("dispatcher-1", _pack.Id);
    }

    [Fact]
    public async Task Leave_that_begins_now_moves_offers_to_the_deputy_and_its_end_moves_them_back()
    {
        var open = await _reporter.Report("C-A2-1");
        var claimed = await _reporter.Report("C-A2-1");
        await _worker.Do(claimed.Id, "claim");

        var leave = await Enter(_worker, new { to = In(days: 3), deputy = "clerk-b1" });

        Assert.Equal(("away", "clerk-b1"), (leave.State, Assert.Single(leave.Deputies).Person));
        var moved = await Eventually.Is(() => _reporter.Case(open.Id), c => c.OfferedTo.SequenceEqual(["clerk-b1"]));
        Assert.Contains("请假至", Assert.Single(moved.Recipients).Why, StringComparison.Ordinal);
        // Whoever hands a case over sees who is away.
        var people = (await _reporter.Get("/api/areas/C-A2-1/people")).Expect(200).Body.GetProperty("items").EnumerateArray();
        Assert.True(people.First(h => h.GetProperty("person").GetString() == "worker-a21").TryGetProperty("awayUntil", out var until));
        Assert.True(until.GetDateTimeOffset() > DateTimeOffset.UtcNow);
        var inbox = await Eventually.Is(() => _deputy.Inbox(), i => i.Items.Count == 2);
        Assert.Equal("offered", inbox.Items.Single(i => i.Case.Id == open.Id).Role);
        Assert.Equal("watching", inbox.Items.Single(i => i.Case.Id == claimed.Id).Role);
        // What is claimed stays with who claimed it, until the deputy takes it over.
        Assert.Equal("worker-a21", (await _deputy.Case(claimed.Id)).Claimant);
        Assert.Contains("handover", (await _deputy.Case(claimed.Id)).Actions);
        await _deputy.Do(claimed.Id, "handover", new { to = "clerk-b1", reason = "代理" });
        // What is reported meanwhile goes to the deputy at once.
        var reported = await _reporter.Report("C-A2-1");
        Assert.Equal(["clerk-b1"], reported.OfferedTo);
        await _deputy.Do(reported.Id, "claim");

        var ended = (await _worker.Post($"/api/leaves/{leave.Id}/end")).Expect(200).As<LeaveView>();

        Assert.Equal(("ended", "worker-a21"), (ended.State, ended.EndedBy));
        await Eventually.Is(() => _reporter.Case(open.Id), c => c.OfferedTo.SequenceEqual(["worker-a21"]));
        var kept = await Eventually.Is(() => _reporter.Case(reported.Id), c => c.OfferedTo.SequenceEqual(["worker-a21"]));
        Assert.Equal(("claimed", "clerk-b1"), (kept.Status, kept.Claimant));
        Assert.Equal(["worker-a21"], (await _reporter.Report("C-A2-1")).OfferedTo);
        (await _worker.Post($"/api/leaves/{leave.Id}/end")).Expect(409, "leave-over");
        await BoardCounts.BoardsEqual(Service.Data, _reporter);
    }

    [Fact]
    public async Task Leave_ends_no_connection_and_builds_no_other_pack_anew()
    {
        await using var hub = await Service.Connect("dispatcher-1", _pack.Id);
        var packs = Service.Services.GetRequiredService<IPacks>();
        var other = packs.Current.Pack("baihe");
        var before = packs.Current.Pack(_pack.Id);

        await Enter(_worker, new { to = In(days: 3), deputy = "clerk-b1" });

        await Eventually.Is(() => Task.FromResult(!ReferenceEquals(packs.Current.Pack(_pack.Id), before)));
        Assert.Same(other, packs.Current.Pack("baihe"));
        // Connections are checked as often as they get a beat, so after the second one every check that could end it has been made.
        for (var i = 0; i < 2; i++)
            await hub.Next("Beat", _ => true, hub.Pushes.Count);
        Assert.False(hub.Closed.IsCompleted);
    }

    [Fact]
    public async Task Head_enters_leave_for_later_sees_it_and_cancels_it()
    {
        var head = await As("leader-a", _pack.Id);
        var key = Client.NewKey();
        var body = new
        {
            person = "worker-a21",
            from = In(days: 2),
            to = In(days: 4),
            deputy = "worker-1",
        };

        var planned = (await head.Post("/api/leaves", body, key)).Expect(200).As<LeaveView>();

        Assert.Equal("planned", planned.State);
        Assert.Equal(planned.Id, (await head.Post("/api/leaves", body, key)).Expect(200).As<LeaveView>().Id);
        (await _worker.Post("/api/leaves", body with { from = In(days: 3) })).Expect(409, "leave-overlaps");
        Assert.Equal(planned.Id, Assert.Single(await List(head, "?area=C-A")).Id);
        Assert.Equal(planned.Id, Assert.Single(await List(_worker)).Id);
        Assert.Equal((planned.Id, false), (await List(await As("worker-1", _pack.Id))).Select(l => (l.Id, l.MayEnd)).Single());
        Assert.Empty(await List(_deputy));
        (await _deputy.Get("/api/leaves?area=C-B")).Expect(403, "not-your-area");
        (await _deputy.Post($"/api/leaves/{planned.Id}/end")).Expect(404, "not-found");
        Assert.Equal("cancelled", (await _worker.Post($"/api/leaves/{planned.Id}/end")).Expect(200).As<LeaveView>().State);
        Assert.Equal(["worker-a21"], (await _reporter.Report("C-A2-1")).OfferedTo);
    }

    [Fact]
    public async Task Leave_with_wrong_fields_is_rejected_and_each_is_named()
    {
        (await _worker.Post("/api/leaves", new { deputy = "worker-1" })).Expect(400, "invalid-request");
        (await _worker.Post("/api/leaves", new { to = In(days: -1), deputy = "worker-1" })).Expect(400, "invalid-request");
        (await _worker.Post("/api/leaves", new { to = In(days: 500), deputy = "worker-1" })).Expect(400, "invalid-request");
        (await _worker.Post("/api/leaves", new { to = In(days: 1), deputy = "worker-a21" })).Expect(400, "invalid-request");
        (await _worker.Post("/api/leaves", new { to = In(days: 1) })).Expect(409, "no-deputy");
        (
            await _worker.Post(
                "/api/leaves",
                new
                {
                    person = "worker-1",
                    to = In(days: 1),
                    deputy = "worker-2",
                }
            )
        ).Expect(403, "not-permitted");
    }

    [Fact]
    public async Task A_changed_pack_does_not_take_cases_from_a_deputy()
    {
        await Enter(_worker, new { to = In(days: 3), deputy = "clerk-b1" });
        await Eventually.Is(async () => (await _reporter.Report("C-A2-1")).OfferedTo.SequenceEqual(["clerk-b1"]));
        var open = (await _deputy.Inbox()).Items[0].Case.Id;

        await Service.Load(_pack with { Digest = Guid.NewGuid().ToString("N") });

        await Eventually.Is(() => Service.Ask<bool>("select followed_at = loaded_at from pack where id = $1", _pack.Id));
        Assert.Equal(["clerk-b1"], (await _reporter.Case(open)).OfferedTo);
    }

    static async Task<LeaveView> Enter(Client client, object body) => (await client.Post("/api/leaves", body)).Expect(200).As<LeaveView>();

    static async Task<IReadOnlyList<LeaveView>> List(Client client, string query = "") =>
        (await client.Get("/api/leaves" + query)).Expect(200).As<Page<LeaveView>>().Items;

    static string In(int days) => DateTimeOffset.UtcNow.AddDays(days).ToString("O", CultureInfo.InvariantCulture);
}
