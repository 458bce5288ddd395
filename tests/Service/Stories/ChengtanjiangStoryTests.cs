namespace GridActors.Service.Tests.Stories;

/// <summary>What happens in 澄潭江镇, told as its people see it.</summary>
public sealed class ChengtanjiangStoryTests
{
    const string Town = "澄潭江镇";
    const string Village = "吾田村";
    const string Neighbourhood = "吾田村第一网格第一小区";
    const string MicroGrid = "吾田村第一网格第一小区第一微网格";

    [Fact]
    public async Task Illegal_production_is_a_to_do_of_three_people_at_once_and_two_of_them_watch_the_third_at_work()
    {
        await using var town = await StoryPlace.Begin("chengtanjiang", "2026-03-17 20:30");
        string[] posts = ["leader-safety", "station-emergency", "line-illegal-production"];
        var three = posts.ToDictionary(p => town.Holder(p, Town));
        var screens = new Dictionary<string, HubClient>();
        foreach (var (person, post) in three)
            screens[person] = await town.Screen(post, Town);

        // On a grid day's evening a steward hears machines behind closed shutters, and reports with a photo.
        var steward = await town.As("grid-steward", MicroGrid);
        var reported = await town.Report(steward, "illegal-production", MicroGrid, "夜间紧闭门窗生产引线");
        Assert.Equal(three.Keys.Order(StringComparer.Ordinal), reported.OfferedTo.Order(StringComparer.Ordinal));

        // It is pushed to the leader in charge, the head of the station and the owner of that line of work, and is a to-do of each.
        foreach (var (person, screen) in screens)
        {
            await screen.Inbox(reported.Id, i => i.Role == "offered");
            await screen.WatchCase(reported.Id);
            Assert.Equal("offered", await Role(person));
        }

        // All three take it on at once; one of them gets it, and the other two are told who.
        var people = three.Keys.ToArray();
        var answers = await Task.WhenAll(people.Select(async p => await (await town.As(p)).Step(reported.Id, "claim")));
        var winner = people[Array.FindIndex(answers, a => a.Status == 200)];
        var others = people.Where(p => p != winner).ToList();
        Assert.All(
            answers.Where(a => a.Status != 200),
            a => Assert.Equal(winner, a.Expect(409, "already-claimed").Body.GetProperty("claimant").GetString())
        );
        foreach (var other in others)
        {
            await screens[other].Inbox(reported.Id, i => i.Role == "watching");
            Assert.Equal("watching", await Role(other));
        }

        // They see its progress while it happens.
        var claimant = await town.As(winner);
        town.Later("2026-03-17 21:10");
        await claimant.Do(reported.Id, "on-site");
        await claimant.Do(reported.Id, "progress", new { text = "已责令停止，清点原料" });
        foreach (var other in others)
            await screens[other].Case(reported.Id, c => c.Step == "progressed" && c.By == winner);

        town.Later("2026-03-18 16:00");
        await claimant.Do(reported.Id, "resolve", new { text = "窝点已取缔，原料移交处置" });
        Assert.Equal("closed", (await steward.Do(reported.Id, "close", new { rating = 5 })).Status);
        Assert.DoesNotContain((await steward.Case(reported.Id)).Clocks, c => c.BreachedAt is not null);
        await town.IsConsistent();
        foreach (var screen in screens.Values)
            await screen.DisposeAsync();

        async Task<string> Role(string person) => (await (await town.As(person)).Inbox()).Items.Single(i => i.Case.Id == reported.Id).Role;
    }

    [Fact]
    public async Task Disability_certificate_that_expires_is_renewed_in_two_days_without_the_resident_leaving_home()
    {
        await using var town = await StoryPlace.Begin("chengtanjiang", "2026-03-16 09:30");
        var head = await town.As("neighbourhood-head", Neighbourhood);

        // The head of the neighbourhood visits a resident who can't walk, and sees that the certificate runs out.
        var reported = await town.Report(head, "disability-certificate", MicroGrid, "残疾证到期换领");
        var promised = await head.Case(reported.Id);
        Assert.Equal(("2026-03-17 09:30", "2026-03-18 17:30"), (town.Due(promised, "onSite"), town.Due(promised, "solve")));

        // The village's service agent fetches the papers at home the same afternoon and brings the new certificate.
        town.Later("2026-03-16 15:00");
        var agent = await town.As("service-agent", Village);
        await agent.Do(reported.Id, "claim");
        await agent.Do(reported.Id, "on-site");
        await agent.Do(reported.Id, "progress", new { text = "上门收取资料和近照，已送审" });
        // A claim on which nothing happens for a working day would lapse.
        town.Later("2026-03-17 16:00");
        await agent.Do(reported.Id, "progress", new { text = "已审批，明天取证" });
        town.Later("2026-03-18 11:00");
        await agent.Do(reported.Id, "resolve", new { text = "新证已送到家中" });

        Assert.Equal("closed", (await head.Do(reported.Id, "close", new { rating = 5 })).Status);
        Assert.DoesNotContain((await head.Case(reported.Id)).Clocks, c => c.BreachedAt is not null);
        await town.IsConsistent();
    }
}
