namespace GridActors.Service.Tests.Cases;

public sealed class CaseListTests : SharedServiceTest
{
    Client _dispatcher = null!;
    string _pack = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = (await Service.Load(TestPacks.Fresh())).Id;
        _dispatcher = await As("dispatcher-1", _pack);
    }

    [Fact]
    public async Task Lists_are_newest_first_and_pages_follow_one_another_though_more_is_reported_meanwhile()
    {
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
            ids.Add((await _dispatcher.Report("C-A1-1")).Id);
        ids.Reverse();

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await List($"?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.Items.Select(i => i.Id));
            cursor = page.Next;
            await _dispatcher.Report("C-A1-1", title: "后来的");
        } while (cursor is not null);

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task Numbers_of_people_in_words_are_masked_but_where_somebody_opens_the_case()
    {
        const string Phone = "13800138000";
        var reported = await _dispatcher.Report("C-A1-1", title: $"漏水，请打{Phone}", detail: $"户主 {Phone}");
        var worker = await As("worker-1", _pack);
        await Eventually.Is(async () => (await worker.Get("/api/inbox")).Expect(200).Text.Contains(reported.Id, StringComparison.Ordinal));

        string[] lists = ["/api/inbox", "/api/cases", $"/api/cases?q={Phone}", "/api/cases/export", "/api/areas/C-A1-1/board"];
        foreach (var list in lists)
        {
            var shown = (await worker.Get(list)).Expect(200).Text;
            Assert.DoesNotContain(Phone, shown, StringComparison.Ordinal);
            Assert.Contains("138****8000", shown, StringComparison.Ordinal);
        }
        var opened = (await worker.Get($"/api/cases/{reported.Id}")).Expect(200).Body;
        Assert.Equal(
            (reported.Title, $"户主 {Phone}"),
            (opened.GetProperty("title").GetString(), opened.GetProperty("detail").GetString())
        );
    }

    [Fact]
    public async Task An_exactly_full_page_is_the_last()
    {
        for (var i = 0; i < 3; i++)
            await _dispatcher.Report("C-A1-1");

        Assert.Null((await List("?limit=3")).Next);
        Assert.NotNull((await List("?limit=2")).Next);
    }

    [Fact]
    public async Task Each_filter_of_the_case_list_selects_matching_cases()
    {
        var lamp = await _dispatcher.Report("C-A1-1", title: "竹园路灯不亮", detail: "晚上漆黑一片");
        var rubbish = await _dispatcher.Report("C-A2-1", title: "河边垃圾100%满");
        var hazard = await _dispatcher.Report("C-B1-1", "hazard", "电线_裸露");
        var worker = await As("worker-1", _pack);
        await worker.Do(lamp.Id, "claim");
        await (await As("station-b", _pack)).Do(hazard.Id, "claim");
        await (await As("station-b", _pack)).Do(hazard.Id, "resolve");
        await _dispatcher.Do(hazard.Id, "close");

        Assert.Equal([hazard.Id, rubbish.Id, lamp.Id], await Ids(""));
        Assert.Equal([rubbish.Id, lamp.Id], await Ids("?area=C-A"));
        Assert.Equal([lamp.Id], await Ids("?area=C-A1-1"));
        Assert.Equal([], await Ids("?area=C-B-9"));
        Assert.Equal([rubbish.Id], await Ids("?status=offered"));
        Assert.Equal([rubbish.Id, lamp.Id], await Ids("?status=open"));
        Assert.Equal([hazard.Id, lamp.Id], await Ids("?status=claimed&status=closed"));
        Assert.Equal([hazard.Id, lamp.Id], await Ids("?status=claimed,closed"));
        Assert.Equal([hazard.Id], await Ids("?category=hazard"));
        Assert.Equal([], await Ids("?category=none"));
        Assert.Equal([lamp.Id], await Ids("?claimant=worker-1"));
        Assert.Equal([hazard.Id, rubbish.Id, lamp.Id], await Ids("?reporter=me"));
        Assert.Equal([], await Ids("?claimant=me"));
        Assert.Equal([lamp.Id], (await List("?claimant=me&area=C-A1-1", worker)).Items.Select(i => i.Id));
        Assert.Equal([], await Ids("?overdue=true"));
        Assert.Equal([rubbish.Id, lamp.Id], await Ids($"?to={Uri.EscapeDataString(hazard.ReportedAt.ToString("O"))}"));
        Assert.Equal(
            [hazard.Id, rubbish.Id],
            await Ids($"?from={Uri.EscapeDataString(rubbish.ReportedAt.ToOffset(TimeSpan.FromHours(8)).ToString("O"))}")
        );
        Assert.Equal([], await Ids("?from=2100-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task Search_finds_Chinese_in_title_and_detail_and_whole_numbers()
    {
        var lamp = await _dispatcher.Report("C-A1-1", title: "竹园路灯不亮", detail: "晚上漆黑一片");
        var percent = await _dispatcher.Report("C-A1-1", title: "垃圾箱100%满_了", detail: @"反斜杠 \ 也在");
        await _dispatcher.Report("C-A1-1", title: "别的事情", detail: "没有关系");

        Assert.Equal([lamp.Id], await Text("路灯"));
        Assert.Equal([lamp.Id], await Text("灯"));
        Assert.Equal([lamp.Id], await Text("漆黑一片"));
        Assert.Equal([lamp.Id], await Text("  路灯  "));
        Assert.Equal([percent.Id], await Text("100%"));
        Assert.Equal([percent.Id], await Text("%"));
        Assert.Equal([percent.Id], await Text("_"));
        Assert.Equal([percent.Id], await Text(@"\"));
        Assert.Equal([lamp.Id], await Text(lamp.Number));
        Assert.Equal([lamp.Id], await Text(lamp.Number.ToLowerInvariant()));
        Assert.Equal([], await Text("不存在的词"));
        Assert.Equal([], await Text("' or 1=1 --"));
        Assert.Equal(3, (await Text(" ")).Count);

        Task<IReadOnlyList<string>> Text(string text) => Ids("?text=" + Uri.EscapeDataString(text));
    }

    [Theory]
    [InlineData("?cursor=nonsense", 400)]
    [InlineData("?cursor=!!!", 400)]
    [InlineData("?cursor=MS4w", 400)]
    [InlineData("?status=nothing", 400)]
    [InlineData("?status=Offered", 400)]
    [InlineData("?limit=abc", 400)]
    [InlineData("?limit=99999999999", 400)]
    [InlineData("?from=yesterday", 400)]
    [InlineData("?from=11/25/2026", 400)]
    [InlineData("?from=10:00", 400)]
    [InlineData("?from=2026-11-25T10:00:00", 400)]
    [InlineData("?to=2026-02-30", 400)]
    [InlineData("?to=2026-1-5", 400)]
    [InlineData("?closedFrom=25.11.2026", 400)]
    [InlineData("?closedTo=1732492800", 400)]
    [InlineData("?closedTo=0001-01-01", 400)]
    [InlineData("?from=0001-01-01T00:00:00%2B14:00", 400)]
    [InlineData("?from=9999-12-31T23:59:59-14:00", 400)]
    [InlineData("?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z", 200)]
    [InlineData("?from=2026-11-25t10:00z&to=2026-11-25T10:00:00.123456789%2B08:00", 200)]
    [InlineData("?order=sideways", 400)]
    [InlineData("?order=", 200)]
    [InlineData("?overdue=maybe", 400)]
    [InlineData("?text=%00", 400)]
    [InlineData("?category=%00", 400)]
    [InlineData("?claimant=%00", 400)]
    [InlineData("?area=nowhere", 404)]
    [InlineData("?area=C-X", 404)]
    [InlineData("?limit=0", 200)]
    [InlineData("?limit=-5", 200)]
    [InlineData("?limit=100000", 200)]
    [InlineData("?cursor=", 200)]
    [InlineData("?sort=nearest", 400)]
    [InlineData("?sort=due&order=oldest", 400)]
    [InlineData("?status=", 200)]
    [InlineData("?text=%FF%FE", 200)]
    public async Task An_invalid_list_query_is_rejected(string query, int status)
    {
        var answer = await _dispatcher.Get("/api/cases" + query);

        Assert.Equal(
            (
                status,
                status == 200 ? null
                : status == 404 ? "not-found"
                : "invalid-request"
            ),
            (answer.Status, answer.Code)
        );
        if (status == 400)
            Assert.Contains(answer.Body.GetProperty("errors").EnumerateObject().Single().Name, query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bare_date_is_a_day_of_the_pack()
    {
        var reported = await _dispatcher.Report("C-A1-1");
        var day = DateOnly.FromDateTime(reported.ReportedAt.ToOffset(TimeSpan.FromHours(8)).DateTime);

        Assert.Equal([reported.Id], await Ids($"?from={day:yyyy-MM-dd}&to={day.AddDays(1):yyyy-MM-dd}"));
        Assert.Equal([], await Ids($"?from={day.AddDays(1):yyyy-MM-dd}"));
        Assert.Equal([], await Ids($"?to={day:yyyy-MM-dd}"));
    }

    [Fact]
    public async Task A_page_has_fifty_items_by_default_and_two_hundred_at_most()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 205),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (_, _) => await _dispatcher.Report("C-A1-1")
        );

        Assert.Equal(50, (await List("")).Items.Count);
        Assert.Equal(200, (await List("?limit=1000")).Items.Count);
        Assert.Single((await List("?limit=0")).Items);
        var all = new HashSet<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await List($"?limit=37&cursor={cursor}");
            Assert.All(page.Items, i => Assert.True(all.Add(i.Id)));
            cursor = page.Next;
        }
        Assert.Equal(205, all.Count);
    }

    [Fact]
    public async Task A_case_list_covers_only_the_areas_its_reader_may_read()
    {
        var mine = await _dispatcher.Report("C-A1-1");
        var beyond = await _dispatcher.Report("C-B1-1");
        var leader = await As("leader-a", _pack);

        Assert.Equal([mine.Id], (await List("", leader)).Items.Select(i => i.Id));
        (await leader.Get("/api/cases?area=C")).Expect(403, "not-your-area");
        (await leader.Get("/api/cases?area=C-B1-1")).Expect(403, "not-your-area");
        (await (await As("resident-a11", _pack)).Get("/api/cases")).Expect(403, "not-your-area");
        (await (await As("retired", _pack)).Get("/api/cases")).Expect(404, "not-found");
        Assert.Equal(2, (await List("")).Items.Count);
        Assert.Contains((await List("")).Items, i => i.Id == beyond.Id);
    }

    async Task<Page<CaseSummary>> List(string query, Client? client = null) =>
        (await (client ?? _dispatcher).Get("/api/cases" + query)).Expect(200).As<Page<CaseSummary>>();

    async Task<IReadOnlyList<string>> Ids(string query) => [.. (await List(query)).Items.Select(i => i.Id)];
}
