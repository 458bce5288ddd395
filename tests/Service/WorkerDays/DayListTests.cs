using System.Globalization;

namespace GridActors.Service.Tests.WorkerDays;

/// <summary>The list in which a head sees the days of all workers below.</summary>
public sealed class DayListTests : FieldTest
{
    sealed record Listed(
        string Person,
        string PersonName,
        DateOnly Day,
        string Area,
        DateTimeOffset? SignedInAt,
        DateTimeOffset? SignedOutAt,
        bool Closed,
        int CheckIns,
        int Visits,
        int Patrols,
        int OpenFlags,
        int? LongestSilence,
        int Corrections,
        DateTimeOffset? CorrectedAt,
        DateTimeOffset? HandedOverAt,
        string? HandedOverTo
    );

    [Fact]
    public async Task Days_of_an_area_are_listed_with_their_figures_and_hand_overs()
    {
        var sent = await Sent(
            "check-ins",
            Item("sign-in", Ago(9)),
            Item("patrol-start", Ago(8)),
            Item("check-in", Ago(8)),
            Item("sign-out", Ago(2))
        );
        var day = sent[0].Day!.Value;
        var handOver = new { text = "三号楼漏水", to = "worker-2" };
        (await Worker.Post($"/api/worker-days/me/{Text(day)}/hand-over", handOver, Client.NewKey())).Expect(200);

        var listed = Assert.Single(await List("area=C-A1"));

        Assert.Equal(("worker-1", false, 3, 0, 1), (listed.Person, listed.Closed, listed.CheckIns, listed.Visits, listed.Patrols));
        Assert.Equal((6, 0), (listed.LongestSilence, listed.Corrections));
        Assert.NotNull(listed.SignedInAt);
        Assert.NotNull(listed.SignedOutAt);
        Assert.NotNull(listed.HandedOverAt);
        Assert.Equal("worker-2", listed.HandedOverTo);
        var answer = (await Leader.Get("/api/worker-days?area=C-A1")).Expect(200).Text;
        Assert.DoesNotContain("三号楼漏水", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"lon\"", answer, StringComparison.Ordinal);
        Assert.Empty(await List($"from={Text(day.AddDays(1))}&to={Text(day.AddDays(1))}"));
    }

    [Fact]
    public async Task Day_that_was_corrected_after_it_was_closed_is_listed_as_such()
    {
        await Sent("check-ins", Item("sign-in", Ago(9)));
        Assert.Empty(await List("corrected=true"));
        await CloseNow();
        await Eventually.Is(() => MyDay(), d => d.Closed);
        Assert.Empty(await List("corrected=true"));

        await Sent("check-ins", Item("check-in", Ago(7)), Item("sign-out", Ago(6)));

        var corrected = Assert.Single(await Eventually.Is(() => List("corrected=true"), l => l.Count > 0));
        Assert.Equal(("worker-1", true, 2), (corrected.Person, corrected.Closed, corrected.Corrections));
        Assert.InRange(corrected.CorrectedAt!.Value, Now.AddMinutes(-1), Now.AddMinutes(1));
        Assert.Equal(corrected, Assert.Single(await List("area=C-A")));
    }

    [Fact]
    public async Task Day_whose_first_records_came_after_its_end_is_listed_as_corrected()
    {
        var at = Now.AddDays(-2);
        var sent = await Sent("check-ins", Item("sign-in", at), Item("sign-out", at.AddMinutes(5)));

        var corrected = Assert.Single(await Eventually.Is(() => List("corrected=true"), l => l.Count > 0));

        Assert.All(sent, a => Assert.True(a.Late));
        Assert.Equal((sent[0].Day!.Value, true, 2), (corrected.Day, corrected.Closed, corrected.Corrections));
    }

    [Fact]
    public async Task Pages_end_and_hold_every_day_once()
    {
        string[] workers = ["worker-1", "worker-2", "worker-a21"];
        foreach (var one in workers)
            (await Send("check-ins", [Item("sign-in", Ago(1))], await As(one, Pack), device: NewId())).Expect(200);
        var seen = new List<string>();
        for (string? cursor = null; ; )
        {
            var page = (await Leader.Get($"/api/worker-days?limit=1{(cursor is null ? "" : $"&cursor={cursor}")}")).Expect(200);
            var (items, next) = page.As<Page<Listed>>();
            seen.AddRange(items.Select(i => i.Person));
            if ((cursor = next) is null)
                break;
        }

        Assert.Equal(workers.Order(), seen.Order());
    }

    [Theory]
    [InlineData("from=2026-13-01", "from")]
    [InlineData("to=gestern", "to")]
    [InlineData("from=2026-01-01&to=2026-02-01", "from")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("cursor=x", "cursor")]
    public async Task Bad_value_of_the_list_is_named(string query, string field)
    {
        var problem = (await Leader.Get($"/api/worker-days?{query}")).Expect(400, "invalid-request");

        Assert.True(problem.Body.GetProperty("errors").TryGetProperty(field, out _), problem.Text);
    }

    [Fact]
    public async Task Days_are_listed_for_those_who_oversee_the_workers_of_the_area()
    {
        (await Leader.Get("/api/worker-days?area=C-B")).Expect(403, "not-your-area");
        (await Leader.Get("/api/worker-days?area=nowhere")).Expect(404, "not-found");
        (await Worker.Get("/api/worker-days?area=C-A1")).Expect(403, "not-your-area");
        (await (await As("visitor-a", Pack)).Get("/api/worker-days?area=C-A1")).Expect(403, "not-your-area");
        (await Service.Anybody().Get("/api/worker-days?area=C-A1")).Expect(401, "not-signed-in");
    }

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    async Task<IReadOnlyList<Listed>> List(string query) =>
        (await Leader.Get($"/api/worker-days?{query}")).Expect(200).As<Page<Listed>>().Items;
}
