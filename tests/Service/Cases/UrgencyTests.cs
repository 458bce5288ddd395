using System.Text.Json;

namespace GridActors.Service.Tests.Cases;

/// <summary>Lists by what is due next, and how much is left.</summary>
public sealed class UrgencyTests : SharedServiceTest
{
    Client _dispatcher = null!;
    Client _worker = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var pack = (await Service.Load(TestPacks.Fresh())).Id;
        (_dispatcher, _worker) = (await As("dispatcher-1", pack), await As("worker-1", pack));
    }

    [Fact]
    public async Task Cases_come_by_what_is_due_next_page_by_page_and_those_without_a_promise_last()
    {
        var other = await _dispatcher.Report("C-A1-1", "other");
        var rubbish = await _dispatcher.Report("C-A1-1", "rubbish");
        var lamp = await _dispatcher.Report("C-A1-1", "lamp");
        var hazard = await _dispatcher.Report("C-A1-1", "hazard");
        var dispute = await _dispatcher.Report("C-A1-1", "dispute");
        var never = new[] { other.Id, dispute.Id }.Order(StringComparer.Ordinal);

        Assert.Equal([lamp.Id, hazard.Id, rubbish.Id, .. never], await Pages("/api/cases?sort=due&limit=1", OfCases));
        // Somebody responds, and the next promise is to be there in four hours.
        await _worker.Do(lamp.Id, "claim");
        Assert.Equal([hazard.Id, lamp.Id, rubbish.Id, .. never], await Pages("/api/cases?sort=due&status=open&limit=2", OfCases));
    }

    [Fact]
    public async Task Cases_come_by_what_is_due_next_also_where_there_are_too_many_to_be_counted()
    {
        var rubbish = await _dispatcher.Report("C-A1-1", "rubbish");
        var lamp = await _dispatcher.Report("C-A1-1", "lamp");
        await Service.Ask<int>(
            """
            insert into case_file (id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome,
                closed_at, updated_at, updated_by, last_step, version, offered_to)
            select gen_random_uuid(), number || '-' || n, area, category, title, detail, confidential, reporter, reported_at,
                case when n % 5000 = 0 then 1 else 6 end, outcome, reported_at, updated_at, updated_by, last_step, version, offered_to
            from case_file, generate_series(1, 10100) as n where id = $1
            """,
            Guid.ParseExact(lamp.Id, "N")
        );

        var seen = await Pages("/api/cases?sort=due&limit=200", OfCases);

        Assert.Equal((lamp.Id, rubbish.Id), (seen[0], seen[1]));
        Assert.Equal((10102, 10102), (seen.Count, seen.Distinct().Count()));
        Assert.Equal(10100, (await Pages("/api/cases?sort=due&limit=200&status=closed&status=offered", OfCases)).Count - 2);
        Assert.Equal([lamp.Id, rubbish.Id], (await Pages("/api/cases?sort=due&limit=1&status=open", OfCases)).Take(2));
    }

    [Fact]
    public async Task Inbox_comes_by_what_is_due_next_page_by_page()
    {
        var rubbish = await _dispatcher.Report("C-A1-1", "rubbish");
        var lamp = await _dispatcher.Report("C-A1-1", "lamp");
        var hazard = await _dispatcher.Report("C-A1-1", "hazard");

        Assert.Equal([lamp.Id, hazard.Id, rubbish.Id], await Pages("/api/inbox?order=due&limit=1", OfInbox));
        Assert.Equal(400, (await _worker.Get($"/api/inbox?order=waiting&cursor={await CursorOf("/api/inbox?order=due&limit=1")}")).Status);
    }

    [Fact]
    public async Task Case_says_how_much_is_left_by_the_unit_of_the_clock_that_is_due_next()
    {
        var rubbish = await _dispatcher.Report("C-A1-1", "rubbish");
        var listed = (await _dispatcher.Get("/api/cases?sort=due")).Expect(200).As<CaseList>().Items.Single();
        Assert.Equal(("24h", false, null), (listed.DueTerm, listed.Remaining!.OfficeHours, listed.Remaining.WorkingDays));
        Assert.InRange(listed.Remaining.Minutes, 24 * 60 - 5, 24 * 60);

        await _worker.Do(rubbish.Id, "claim");
        await _worker.Do(rubbish.Id, "on-site");

        var solve = (await _dispatcher.Get($"/api/cases/{rubbish.Id}")).Expect(200).As<CaseSummary>();
        Assert.Equal(("3wd", true, 3), (solve.DueTerm, solve.Remaining!.OfficeHours, solve.Remaining.WorkingDays));
        Assert.Null((await _dispatcher.Get($"/api/cases/{(await _dispatcher.Report("C-A1-1", "other")).Id}")).As<CaseSummary>().Remaining);
    }

    [Fact]
    public async Task Office_hours_of_the_next_days_are_those_by_which_working_time_is_counted()
    {
        var hours = (await _worker.Get("/api/office-hours")).Expect(200).Body;

        var (from, to) = (hours.GetProperty("from").Deserialize<DateOnly>(), hours.GetProperty("to").Deserialize<DateOnly>());
        Assert.Equal(59, to.DayNumber - from.DayNumber);
        var intervals = hours.GetProperty("intervals").EnumerateArray().ToList();
        Assert.NotEmpty(intervals);
        Assert.All(intervals, i => Assert.True(i.GetProperty("opens").GetDateTimeOffset() < i.GetProperty("closes").GetDateTimeOffset()));
        Assert.Equal(401, (await Service.Anybody().Get("/api/office-hours")).Status);
    }

    static IEnumerable<string> OfCases(Answer page) => page.As<CaseList>().Items.Select(i => i.Id);

    static IEnumerable<string> OfInbox(Answer page) => page.As<InboxView>().Items.Select(i => i.Case.Id);

    async Task<string?> CursorOf(string query) => (await _worker.Get(query)).Expect(200).Body.GetProperty("next").GetString();

    async Task<IReadOnlyList<string>> Pages(string query, Func<Answer, IEnumerable<string>> ids)
    {
        var client = query.Contains("inbox", StringComparison.Ordinal) ? _worker : _dispatcher;
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = (await client.Get(query + (cursor.Length > 0 ? $"&cursor={cursor}" : ""))).Expect(200);
            seen.AddRange(ids(page));
            cursor = page.Body.GetProperty("next").GetString();
        }
        return seen;
    }
}
