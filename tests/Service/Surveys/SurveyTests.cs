using GridActors.Storage.Sheets;

namespace GridActors.Service.Tests.Surveys;

/// <summary>Surveys through the public API, in a pack of this test's own.</summary>
public sealed class SurveyTests : SharedServiceTest
{
    string _pack = "";
    Client _worker = null!;
    Client _dispatcher = null!;

    sealed record Survey(string Id, string State, int Edition, int Version, string[] Actions);

    sealed record Sheet(
        string State,
        IReadOnlyDictionary<string, FieldView> Answers,
        IReadOnlyDictionary<string, string> Suggested,
        bool MayFill,
        StepView[] Steps
    );

    sealed record StepView(string Step, string By);

    sealed record Target(string Subject, string? Name, string State);

    sealed record Progress(int Asked, int Answered, int Refused, int Open);

    sealed record Child(string Area, Progress Progress);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = (await Service.Load(TestPacks.Fresh())).Id;
        (_worker, _dispatcher) = (await As("worker-1", _pack), await As("dispatcher-1", _pack));
    }

    [Fact]
    public async Task Survey_is_drafted_published_answered_corrected_counted_and_closed()
    {
        var survey = await Published(Water());
        var (one, two) = (await Household("1"), await Household("2"));
        var address = $"/api/surveys/{survey.Id}";

        var suggested = (await _worker.Get($"{address}/sheets/{one}")).Expect(200).As<Sheet>();
        Assert.Equal(("open", "1"), (suggested.State, suggested.Suggested["source"]));

        var key = Client.NewKey();
        (await Answer(_worker, survey, one, new { source = "1" }, key)).Expect(200);
        (await Answer(_worker, survey, one, new { source = "1" }, key)).Expect(200);
        var second = (await Answer(_worker, survey, one, new { source = "2", dry = "true" })).Expect(409, "already-answered");
        Assert.Equal("worker-1", second.Body.GetProperty("by").GetString());
        (await Answer(_worker, survey, one, new { source = "2" }, correction: true)).Expect(400, "invalid-request");
        var corrected = (await Answer(_worker, survey, one, new { source = "2", dry = "true" }, correction: true)).Expect(200).As<Sheet>();
        Assert.Equal(["answered", "corrected"], corrected.Steps.Select(s => s.Step));
        (await _worker.Post($"{address}/refusals", new { subject = two, reason = "没空" }, Client.NewKey())).Expect(200);

        var results = await Eventually.Is(
            async () => (await _dispatcher.Get($"{address}/results?area=C")).Expect(200),
            r => r.Body.GetProperty("progress").GetProperty("refused").GetInt32() == 1
        );
        Assert.Equal(new(2, 1, 1, 0), results.As<ResultsView>().Progress);
        var source = results.As<ResultsView>().Questions.Single(q => q.Question == "source");
        Assert.Equal([("1", 0), ("2", 1)], source.Choices.Select(c => (c.Choice, c.Count)));
        var village = results.As<ResultsView>().Children.Single(c => c.Area == "C-A");
        Assert.Equal(2, village.Progress.Asked);

        (await _dispatcher.Post($"{address}/close", new { reason = "调查结束" }, Client.NewKey())).Expect(200);
        (await Answer(_worker, survey, two, new { source = "1" })).Expect(409, "survey-closed");
    }

    [Fact]
    public async Task Change_of_a_published_survey_is_asked_when_it_is_published_again()
    {
        var survey = await Published(Water());
        var household = await Household("1");
        (await Answer(_worker, survey, household, new { source = "1" })).Expect(200);

        var changed = (await _dispatcher.Put($"/api/surveys/{survey.Id}/draft", Water("再问一次"), Client.NewKey()))
            .Expect(200)
            .As<Survey>();
        Assert.Equal(("published", 1), (changed.State, changed.Edition));
        var stale = await _dispatcher.Post($"/api/surveys/{survey.Id}/publish", null, Client.NewKey(), ("If-Match", "\"1\""));
        stale.Expect(412, "stale-version");
        var published = (await _dispatcher.Post($"/api/surveys/{survey.Id}/publish", null, Client.NewKey())).Expect(200).As<Survey>();

        Assert.Equal(2, published.Edition);
        Assert.Equal("answered", (await _worker.Get($"/api/surveys/{survey.Id}/sheets/{household}")).Expect(200).As<Sheet>().State);
    }

    [Fact]
    public async Task Who_may_not_is_refused_and_personal_answers_are_masked_for_who_is_not_linked()
    {
        var survey = await Published(Water());
        var household = await Household("1");
        (await Answer(_worker, survey, household, new { source = "2", dry = "true" })).Expect(200);
        var address = $"/api/surveys/{survey.Id}";

        (await _worker.Post("/api/surveys", Water(), Client.NewKey())).Expect(403, "not-your-area");
        (await _worker.Post($"{address}/close", new { reason = "x" }, Client.NewKey())).Expect(403, "not-permitted");
        (await _worker.Get($"{address}/results?area=C")).Expect(403, "not-your-area");
        (await _worker.Get($"{address}/export.xlsx?area=C-A1-1")).Expect(403, "not-your-area");
        var visitor = await As("visitor-a", _pack);
        (await visitor.Get($"{address}/sheets/{household}")).Expect(404, "not-found");
        (await Answer(visitor, survey, household, new { source = "1" })).Expect(404, "not-found");
        (await Answer(_dispatcher, survey, household, new { source = "1" }, correction: true)).Expect(403, "not-permitted");
        var other = await As("clerk-b1", _pack);
        (await other.Get($"{address}/sheets/{household}")).Expect(404, "not-found");
        (await other.Get($"{address}/targets?area=C-A1")).Expect(403, "not-your-area");

        var seen = (await _dispatcher.Get($"{address}/sheets/{household}")).Expect(200).As<Sheet>();
        Assert.Equal((new("2", false), true), (seen.Answers["source"], seen.Answers["dry"].Masked));
        Assert.False((await _worker.Get($"{address}/sheets/{household}")).Expect(200).As<Sheet>().Answers["dry"].Masked);
    }

    [Fact]
    public async Task Residents_of_an_age_are_asked_and_erased_ones_are_forgotten()
    {
        var survey = await Published(School());
        var household = await Household("1", ("孩子", "2016-05-04"), ("大人", "1980-05-04"));
        var targets = (await _worker.Get($"/api/surveys/{survey.Id}/targets")).Expect(200).As<Page<Target>>().Items;
        var child = Assert.Single(targets);
        Assert.Equal(("孩子", "open"), (child.Name, child.State));

        (await Answer(_worker, survey, child.Subject, new { school = "清河小学" })).Expect(200);
        (await Answer(_worker, survey, household, new { school = "清河小学" })).Expect(409, "not-asked");
        var left = new { residents = new[] { child.Subject }, reason = "外迁" };
        (await _worker.Post($"/api/households/{household}/move-out", left, Client.NewKey())).Expect(200);
        var erase = new { resident = child.Subject, reason = "家属申请" };
        (await (await As("administrator", _pack)).Post($"/api/households/{household}/erase", erase, Client.NewKey())).Expect(200);

        Assert.Empty((await _worker.Get($"/api/surveys/{survey.Id}/sheets/{child.Subject}")).Expect(200).As<Sheet>().Answers);
        var results = (await _dispatcher.Get($"/api/surveys/{survey.Id}/results?area=C")).Expect(200).As<ResultsView>();
        Assert.Equal(1, results.Progress.Answered);
    }

    [Fact]
    public async Task Small_counts_are_shown_from_the_village_up_and_the_workbook_is_masked()
    {
        var survey = await Published(Water());
        var household = await Household("1");
        (await Answer(_worker, survey, household, new { source = "2", dry = "true" })).Expect(200);
        async Task<ResultsView> Results(string area) =>
            (await _dispatcher.Get($"/api/surveys/{survey.Id}/results?area={area}")).Expect(200).As<ResultsView>();

        var grid = await Results("C-A1-1");
        Assert.Equal([false, true], grid.Questions.Select(q => q.Hidden));
        Assert.Empty(grid.Questions[1].Choices);
        Assert.True((await Results("C-A1-2")).Questions[1].Hidden);
        Assert.False((await Results("C-A1")).Questions[1].Hidden);

        var file = (await _dispatcher.Get($"/api/surveys/{survey.Id}/export.xlsx?area=C")).Expect(200);
        var sheet = SheetReader.Read(file.Bytes, CancellationToken.None).Sheets[0];
        var rows = sheet.Lines.Select(l => string.Join('|', l.Cells.Select(c => c.Text)));
        var line = Assert.Single(rows, r => r.StartsWith("C-A1-1|", StringComparison.Ordinal));
        Assert.Contains("|户*|", line, StringComparison.Ordinal);
        Assert.EndsWith("|井水|****", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Surveys_of_a_pack_are_published_when_it_is_loaded()
    {
        var pack = TestPacks.Fresh();
        var definition = new Contracts.Surveys.SurveyDefinition(
            "医保参保调查",
            "",
            "动员参保",
            Contracts.Surveys.SurveySubject.Resident,
            Contracts.Surveys.SurveyFilter.Everybody,
            new(2026, 1, 1),
            new(2036, 1, 1),
            [new("insured", "参保了吗", "", Contracts.Surveys.QuestionType.YesNo, [], true, null, null, true)]
        );
        await Service.Load(pack with { Surveys = new(null, [new("medical-insurance", null, definition)]) });
        var worker = await As("worker-1", pack.Id);

        var items = await Eventually.Is(
            async () => (await worker.Get("/api/surveys")).Expect(200).Body.GetProperty("items"),
            i => i.GetArrayLength() == 1
        );

        Assert.Equal(("published", true), (items[0].GetProperty("state").GetString(), items[0].GetProperty("open").GetBoolean()));
    }

    sealed record ResultsView(Progress Progress, Child[] Children, QuestionView[] Questions);

    sealed record QuestionView(string Question, bool Hidden, ChoiceView[] Choices);

    sealed record ChoiceView(string Choice, int Count);

    /// <summary>Open today, whatever day it is.</summary>
    static object Water(string title = "饮水安全调查") =>
        new
        {
            area = "C",
            title,
            purpose = "安排管网延伸",
            subject = "household",
            from = "2026-01-01",
            until = "2036-12-31",
            questions = new object[]
            {
                new
                {
                    id = "source",
                    name = "饮水来源",
                    type = "single",
                    options = new[] { new { id = "1", name = "自来水" }, new { id = "2", name = "井水" } },
                    required = true,
                    field = "waterSource",
                    personal = false,
                },
                new
                {
                    id = "dry",
                    name = "断水吗",
                    type = "yes-no",
                    required = true,
                    when = new { question = "source", @is = new[] { "2" } },
                },
            },
        };

    static object School() =>
        new
        {
            area = "C",
            title = "学年就学调查",
            purpose = "防止失学辍学",
            subject = "resident",
            filter = new { minAge = 3, maxAge = 17 },
            from = "2026-01-01",
            until = "2030-12-31",
            questions = new object[]
            {
                new
                {
                    id = "school",
                    name = "学校",
                    type = "text",
                    required = true,
                },
            },
        };

    async Task<Survey> Published(object body)
    {
        var drafted = (await _dispatcher.Post("/api/surveys", body, Client.NewKey())).Expect(201).As<Survey>();
        (await _worker.Get($"/api/surveys/{drafted.Id}")).Expect(404, "not-found");
        return (await _dispatcher.Post($"/api/surveys/{drafted.Id}/publish", null, Client.NewKey())).Expect(200).As<Survey>();
    }

    /// <returns>The id of a household in the worker's grid.</returns>
    async Task<string> Household(string waterSource, params (string Name, string Born)[] others)
    {
        var residents = others.Select(o => (object)new { kind = "registered", fields = new { name = o.Name, birthDate = o.Born } });
        var body = new
        {
            area = "C-A1-1",
            fields = new { address = "清河县解放街12号", waterSource },
            residents = residents
                .Prepend(
                    new
                    {
                        kind = "registered",
                        relation = "02",
                        fields = new { name = "户主" },
                    }
                )
                .ToArray(),
        };
        return (await _worker.Post("/api/households", body, Client.NewKey())).Expect(201).As<HouseholdView>().Id;
    }

    static Task<Answer> Answer(Client client, Survey survey, string subject, object answers, string? key = null, bool correction = false) =>
        client.Post(
            $"/api/surveys/{survey.Id}/answers",
            new
            {
                subject,
                answers,
                correction,
            },
            key ?? Client.NewKey()
        );
}
