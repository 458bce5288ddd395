namespace GridActors.Service.Tests.Stories;

/// <summary>What happens in 醴陵市, told as its people see it.</summary>
public sealed class LilingStoryTests
{
    const string Grid = "阳三石社区第一网格";
    const string Community = "阳三石社区";
    const string Street = "阳三石街道";
    const string City = "醴陵市";

    [Fact]
    public async Task Missing_manhole_cover_is_claimed_by_one_of_two_duty_desks_and_replaced_the_same_morning()
    {
        await using var liling = await StoryPlace.Begin("liling", "2026-03-12 09:05");
        var worker = await liling.As("grid-worker", Grid);
        var desks = liling.Holders("desk-urban-management", City);
        await using var screen = await liling.Screen("desk-urban-management", City);

        // A grid worker on patrol finds the hole and reports it. The enforcement team and both desks are told at the same moment.
        var reported = await liling.Report(worker, "manhole-cover-missing", Grid, "人行道井盖缺失");
        Assert.Equal(
            desks.Append(liling.Holder("station-enforcement", Street)).Order(StringComparer.Ordinal),
            reported.OfferedTo.Order(StringComparer.Ordinal)
        );
        await screen.Inbox(reported.Id, i => i.Role == "offered");

        // A danger: somebody must be there within two hours, and the cover is replaced by the close of the third working day.
        var promised = await worker.Case(reported.Id);
        Assert.Equal(("2026-03-12 11:05", "2026-03-17 17:30"), (liling.Due(promised, "onSite"), liling.Due(promised, "solve")));

        // Both desks press the button in the same instant. One has the case, the other is told who.
        var answers = await Task.WhenAll(desks.Select(async d => await (await liling.As(d)).Step(reported.Id, "claim")));
        var winner = desks[Array.FindIndex(answers, a => a.Status == 200)];
        var refused = answers.Single(a => a.Status != 200).Expect(409, "already-claimed");
        Assert.Equal(winner, refused.Body.GetProperty("claimant").GetString());

        liling.Later("2026-03-12 09:40");
        var desk = await liling.As(winner);
        await desk.Do(reported.Id, "on-site");
        liling.Later("2026-03-12 10:55");
        await desk.Do(reported.Id, "resolve", new { text = "已更换井盖" });

        // The worker looks at it and strikes it off the register.
        var closed = await worker.Do(reported.Id, "close", new { rating = 5 });
        Assert.Equal(("closed", 5), (closed.Status, closed.Rating));
        var kept = await worker.Case(reported.Id);
        Assert.Equal(["met", "met"], kept.Clocks.Where(c => c.Name is "onSite" or "solve").Select(c => c.State));
        Assert.Equal(["reported", "claimed", "on-site", "resolved", "closed"], (await worker.History(reported.Id)).Select(h => h.Step));
        var leader = await liling.As("first-responsible", City);
        await Eventually.Is(() => leader.Board(liling.Code(City)), b => b.Counts is { Closed: 1, ClosedToday: 1, Open: 0 });
        await liling.IsConsistent();
    }

    [Fact]
    public async Task Fallen_tree_goes_from_the_community_to_the_parks_office_and_its_clock_does_not_begin_again()
    {
        // A Saturday, before anybody is at work.
        await using var liling = await StoryPlace.Begin("liling", "2026-03-14 06:30");
        var patroller = await liling.As("patroller", Grid);
        var reported = await liling.Report(patroller, "fallen-tree", Grid, "大树倒伏堵住巷道");
        Assert.Contains(liling.Holder("village-clerk", Community), reported.OfferedTo);

        // The community's clerk takes it on, sees that a crane is needed, and transfers it to the city's parks office.
        liling.Later("2026-03-14 07:10");
        var clerk = await liling.As("village-clerk", Community);
        await clerk.Do(reported.Id, "claim");
        await clerk.Do(reported.Id, "transfer", new { department = "parks", reason = "需要吊车" });

        // Two hours for being there count from the report. Half an hour before they end, the case is due soon.
        liling.Later("2026-03-14 08:00");
        var warned = await Eventually.Is(() => patroller.Case(reported.Id), c => c.DueSoon);
        Assert.Equal(("2026-03-14 08:30", "offered"), (liling.Due(warned, "onSite"), warned.Status));

        var parks = await liling.As("desk-parks", City);
        await parks.Do(reported.Id, "claim");
        liling.Later("2026-03-14 08:20");
        await parks.Do(reported.Id, "on-site");
        var there = await patroller.Case(reported.Id);
        Assert.Equal((false, "met"), (there.DueSoon, there.Clocks.Single(c => c.Name == "onSite").State));
        // Three working days from a Saturday: Monday, Tuesday, Wednesday.
        Assert.Equal("2026-03-18 17:30", liling.Due(there, "solve"));

        liling.Later("2026-03-14 10:00");
        await parks.Do(reported.Id, "resolve", new { text = "倒树已锯断清走，巷道畅通" });
        Assert.Equal("closed", (await patroller.Do(reported.Id, "close", new { rating = 5 })).Status);
        Assert.DoesNotContain((await patroller.Case(reported.Id)).Clocks, c => c.BreachedAt is not null);
        await liling.IsConsistent();
    }

    [Fact]
    public async Task Confidential_lead_goes_to_the_police_alone()
    {
        await using var liling = await StoryPlace.Begin("liling", "2026-03-10 15:00");
        var worker = await liling.As("grid-worker", Grid);
        var officer = await liling.As("grid-police", Grid);
        var leader = await liling.As("first-responsible", City);

        // Strangers live in a flat and never leave it. The worker tells the police officer of the grid and the head of the station.
        var lead = await worker.Report(liling.Code(Grid), "police-lead", "出租屋内多名陌生人长期不出门");
        Assert.True(lead.Confidential);
        Assert.Equal(
            new[] { liling.Holder("grid-police", Grid), liling.Holder("station-police", Street) }.Order(StringComparer.Ordinal),
            lead.OfferedTo.Order(StringComparer.Ordinal)
        );

        // Nobody else learns of it: not the head of the same grid, not the dispatcher, not the leader of the city.
        foreach (var (post, area) in new[] { ("grid-head", Grid), ("centre-dispatcher", City), ("first-responsible", City) })
        {
            var other = await liling.As(post, area);
            (await other.Get($"/api/cases/{lead.Id}")).Expect(404, "not-found");
            Assert.Empty((await other.Get("/api/cases?text=" + Uri.EscapeDataString("陌生人"))).Expect(200).As<CaseList>().Items);
        }

        await officer.Do(lead.Id, "claim");
        await officer.Do(lead.Id, "on-site");
        await officer.Do(lead.Id, "resolve", new { text = "已依法查处" });
        Assert.Equal("resolved", (await worker.Case(lead.Id)).Status);
        Assert.Equal(0, (await leader.Board(liling.Code(Street))).Counts.Reported);

        // Boards tell of it when the day after the next begins, the town's and those above it, and never those below.
        liling.Later("2026-03-12 00:01");
        await Eventually.Is(() => leader.Board(liling.Code(Street)), b => b.Counts.Reported == 1);
        Assert.Equal(0, (await leader.Board(liling.Code(Community))).Counts.Reported);
        await liling.IsConsistent();
    }

    [Fact]
    public async Task Water_cut_before_the_spring_festival_is_due_on_the_working_days_of_the_official_calendar()
    {
        await using var liling = await StoryPlace.Begin("liling", "2026-02-12 16:40");
        var worker = await liling.As("grid-worker", Grid);

        var reported = await worker.Report(liling.Code(Grid), "water-outage", "整栋楼停水");
        var promised = await worker.Case(reported.Id);

        // Somebody is there within 24 hours. Three working days are the Friday, the Saturday that is worked, and the first day after the
        // festival.
        Assert.Equal(("2026-02-13 16:40", "2026-02-24 17:30"), (liling.Due(promised, "onSite"), liling.Due(promised, "solve")));
        Assert.Contains("make-up workday", promised.Clocks.Single(c => c.Name == "solve").ExplanationEn, StringComparison.Ordinal);
        Assert.Equal("2026-02-13 16:40", liling.Local(promised.DueAt!.Value));

        // Nobody comes by noon of the next day: four hours before the end the case is due soon.
        liling.Later("2026-02-13 12:40");
        await Eventually.Is(() => worker.Case(reported.Id), c => c.DueSoon);
        var company = await liling.As("desk-water-supply", City);
        await company.Do(reported.Id, "claim");
        liling.Later("2026-02-13 14:00");
        await company.Do(reported.Id, "on-site");
        await company.Do(reported.Id, "progress", new { text = "主管道爆裂，正在抢修" });

        liling.Later("2026-02-14 11:20");
        await company.Do(reported.Id, "resolve", new { text = "已恢复供水" });
        Assert.Equal("closed", (await worker.Do(reported.Id, "close", new { rating = 4 })).Status);
        Assert.DoesNotContain((await worker.Case(reported.Id)).Clocks, c => c.BreachedAt is not null);
        await liling.IsConsistent();
    }

    [Fact]
    public async Task Broken_cover_of_a_water_company_goes_to_digital_city_management_and_its_answer_comes_back()
    {
        await using var system = WebhookReceiver.Start();
        await using var liling = await StoryPlace.Begin("liling", "2026-03-12 09:05", system.Settings("liling", "digital-city"));
        var worker = await liling.As("grid-worker", Grid);
        var team = await liling.As("station-enforcement", Street);
        var reported = await liling.Report(worker, "manhole-cover-missing", Grid, "人行道井盖缺失");
        await team.Do(reported.Id, "claim");
        await team.Do(reported.Id, "on-site");

        // The cover belongs to a company that digital city management reaches. The team asks the city's dispatcher, who may hand over.
        (await team.Step(reported.Id, "forward", new { system = "digital-city", reason = "井盖属于供水公司" })).Expect(
            403,
            "not-permitted"
        );
        var dispatcher = await liling.As("centre-dispatcher", City);
        await dispatcher.Do(reported.Id, "forward", new { system = "digital-city", reason = "井盖属于供水公司" });
        var message = (await Eventually.Is(() => Task.FromResult(system.Of(reported.Id)), l => l.Count == 1))[0];
        Assert.Contains("阳三石社区第一网格", message.Body, StringComparison.Ordinal);

        // An answer within three working days is expected; the promise of three working days to the citizen goes on meanwhile.
        var waiting = await worker.Case(reported.Id);
        Assert.Equal(("2026-03-17 17:30", "2026-03-17 17:30"), (liling.Due(waiting, "forward"), liling.Due(waiting, "solve")));

        liling.Later("2026-03-13 16:20");
        var answer = $$$"""
            {"type": "case.forward-answered", "timestamp": "2026-03-13T16:20:00+08:00",
             "data": {"case": "{{{reported.Id}}}", "message": "{{{message.Id}}}", "result": "solved", "text": "供水公司已更换井盖"}}
            """;
        var signed = WebhookReceiver.Sign(Client.NewKey(), answer);
        (await liling.Anybody().Post("/api/webhooks/liling/digital-city", answer, null, signed)).Expect(204);

        var resolved = await worker.Case(reported.Id);
        Assert.Equal(("resolved", "供水公司已更换井盖"), (resolved.Status, resolved.Forwards[0].Answer));
        await worker.Do(reported.Id, "close", new { rating = 5 });
        Assert.Equal(
            ["reported", "claimed", "on-site", "forwarded", "forward-answered", "resolved", "closed"],
            (await worker.History(reported.Id)).Select(h => h.Step)
        );
        await liling.IsConsistent();
    }
}
