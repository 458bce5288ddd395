namespace GridActors.Service.Tests.Cases;

/// <summary>A search finds what was typed, in whichever form, and says how much there is.</summary>
public sealed class CaseSearchTests : SharedServiceTest
{
    Client _dispatcher = null!;
    string _pack = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = (await Service.Load(TestPacks.Fresh())).Id;
        _dispatcher = await As("dispatcher-1", _pack);
    }

    [Theory]
    [InlineData("cafe\u0301", "cafe\u0301")]
    [InlineData("caf\u00e9", "CAFE\u0301")]
    [InlineData("神\uFA19庙", "\uFA19")]
    [InlineData("门牌１２３号", "123")]
    [InlineData("门牌123号", "１２３")]
    [InlineData("ＡＢＣ广场", "abc")]
    [InlineData("ﬁre", "FIRE")]
    public async Task A_search_finds_a_title_in_every_Unicode_form(string title, string typed)
    {
        var found = await _dispatcher.Report("C-A1-1", title: title);
        await _dispatcher.Report("C-A1-1", title: "别的");

        Assert.Equal([found.Id], await Ids(typed));
    }

    [Theory]
    [InlineData("路灯", true)]
    [InlineData("灯", true)]
    [InlineData("亮", true)]
    [InlineData("不亮", true)]
    [InlineData("3栋", true)]
    [InlineData("栋", true)]
    [InlineData("%亮", true)]
    [InlineData("灯路", false)]
    [InlineData("亮路", false)]
    [InlineData("_灯", false)]
    [InlineData("%灯", false)]
    [InlineData("龘", false)]
    public async Task A_search_finds_words_of_one_or_two_characters(string typed, bool isFound)
    {
        var reported = await _dispatcher.Report("C-A1-1", title: "3栋路灯不亮", detail: "50%亮了");

        Assert.Equal(isFound ? [reported.Id] : [], await Ids(typed));
    }

    [Fact]
    public async Task A_closed_case_is_found_by_who_closed_it_and_when_and_a_reopened_one_is_open_again()
    {
        var reported = await _dispatcher.Report("C-A1-1", title: "要办结的事");
        var worker = await As("worker-1", _pack);
        await worker.Do(reported.Id, "claim");
        await worker.Do(reported.Id, "resolve");
        await _dispatcher.Do(reported.Id, "close");

        Assert.Equal([reported.Id], await Found("claimant=worker-1"));
        Assert.Equal([reported.Id], await Found("claimant=worker-1&closedFrom=2020-01-01&closedTo=2100-01-01"));
        Assert.Empty(await Found("claimant=worker-1&closedTo=2020-01-01"));
        Assert.Empty(await Found("claimant=worker-1&status=open"));

        await _dispatcher.Do(reported.Id, "reopen");
        Assert.Empty(await Found("claimant=worker-1"));
        Assert.Empty(await Found("closedFrom=2020-01-01"));
        Assert.Equal([reported.Id], await Found("status=open&text=" + Uri.EscapeDataString("要办结的事")));

        await worker.Do(reported.Id, "claim");
        Assert.Equal([reported.Id], await Found("claimant=worker-1&status=open&order=oldest"));

        async Task<IEnumerable<string>> Found(string query) =>
            (await _dispatcher.Get("/api/cases?" + query)).Expect(200).As<CaseList>().Items.Select(c => c.Id);
    }

    [Fact]
    public async Task A_search_finds_a_number_by_its_parts_without_its_hyphen_and_in_full_width()
    {
        var found = await _dispatcher.Report("C-A1-1", title: "编号");
        var (prefix, digits) = (found.Number.Split('-')[0], found.Number.Split('-')[1]);
        var wide = string.Concat(found.Number.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c));

        foreach (var typed in new[] { found.Number, digits, prefix + digits, digits[2..], wide, found.Number.ToLowerInvariant() })
            Assert.Contains(found.Id, await Ids(typed));
        Assert.Empty(await Ids(digits + "9"));
    }

    [Fact]
    public async Task A_search_finds_the_names_of_category_area_reporter_and_claimant()
    {
        var first = await _dispatcher.Report("C-A1-1", title: "甲");
        var second = await (await As("clerk-b1", _pack)).Report("C-B1-1", "hazard", "乙");
        await (await As("worker-1", _pack)).Do(first.Id, "claim");

        Assert.Equal([second.Id], await Ids("安全隐患"));
        Assert.Equal([second.Id], await Ids("hazard"));
        Assert.Equal([first.Id], await Ids("竹园村"));
        Assert.Equal([first.Id], await Ids("青山镇"));
        Assert.Equal([second.Id], await Ids("韩专干"));
        Assert.Equal([first.Id], await Ids("秦一"));
        Assert.Equal([first.Id], await Ids("周调度"));
    }

    [Fact]
    public async Task A_search_of_several_words_finds_what_has_them_all()
    {
        var both = await _dispatcher.Report("C-A1-1", title: "路灯不亮");
        await _dispatcher.Report("C-B1-1", title: "路灯不亮");
        await _dispatcher.Report("C-A1-1", title: "井盖");

        Assert.Equal([both.Id], await Ids("竹园村　路灯"));
        Assert.Equal([both.Id], await Ids("不亮 青山 路灯"));
        (await _dispatcher.Get("/api/cases?text=" + Uri.EscapeDataString("一 二 三 四 五 六 七 八 九"))).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task The_name_of_the_lists_own_area_finds_only_what_was_written()
    {
        var written = await _dispatcher.Report("C-A1-1", title: "青山镇的路");
        await _dispatcher.Report("C-A1-1", title: "别的");

        Assert.Equal([written.Id], (await List("?area=C-A&text=" + Uri.EscapeDataString("青山镇"))).Items.Select(i => i.Id));
    }

    [Fact]
    public async Task The_first_page_says_how_many_cases_there_are()
    {
        for (var i = 0; i < 5; i++)
            await _dispatcher.Report(i < 3 ? "C-A1-1" : "C-B1-1");
        await (await As("resident-a11", _pack)).Report("C-A1-1", "lead");

        var first = await List("?limit=2");
        Assert.Equal((5, true), (first.Total, first.TotalIsExact));
        Assert.Null((await List("?limit=2&cursor=" + first.Next)).Total);
        Assert.Equal(3, (await List("?limit=1&area=C-A")).Total);
        Assert.Equal(0, (await List("?text=nowhere")).Total);
    }

    [Fact]
    public async Task A_list_comes_oldest_first_when_asked()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add((await _dispatcher.Report("C-A1-1")).Id);

        var first = await List("?order=oldest&limit=2");
        var second = await List("?order=oldest&limit=2&cursor=" + first.Next);

        Assert.Equal(ids, first.Items.Concat(second.Items).Select(i => i.Id));
    }

    [Theory]
    [InlineData("竹园村", "C-A1,C-A1-1,C-A1-2")]
    [InlineData("Ｃ－Ａ１", "C-A1,C-A1-1,C-A1-2")]
    [InlineData("c-b1", "C-B1,C-B1-1,C-B1-2")]
    public async Task Areas_are_found_in_every_Unicode_form(string typed, string codes)
    {
        var page = (await _dispatcher.Get("/api/areas?text=" + Uri.EscapeDataString(typed))).Expect(200).As<Page<AreaView>>();

        Assert.Equal(codes.Split(','), page.Items.Select(a => a.Code));
    }

    async Task<CaseList> List(string query) => (await _dispatcher.Get("/api/cases" + query)).Expect(200).As<CaseList>();

    async Task<IReadOnlyList<string>> Ids(string text) => [.. (await List("?text=" + Uri.EscapeDataString(text))).Items.Select(i => i.Id)];
}
