using GridActors.Storage.Sheets;

namespace GridActors.Service.Tests.Surveys;

/// <summary>Surveys through the public API.</summary>
public sealed class SurveyTests : SurveyTest
{
    sealed record Target(string Subject, string? Name, string State);

    sealed record Progress(int Asked, int Answered, int Refused, int Open);

    sealed record Child(string Area, Progress Progress);

    [Fact]
    public async Task Survey_is_drafted_published_answered_corrected_counted_and_closed()
    {
        var survey = await Published(Water());
        var (one, two) = (await Household("1"), await Household("2"));
        var address = $"/api/surveys/{survey.Id}";

        var suggested = (await Worker.Get($"{address}/sheets/{one}")).Expect(200).As<Sheet>();
        Assert.Equal(("open", "1"), (suggested.State, suggested.Suggested["source"]));

        var key = Client.NewKey();
        (await Answer(Worker, survey, one, new { source = "1" }, key)).Expect(200);
        (await Answer(Worker, survey, one, new { source = "1" }, key)).Expect(200);
        var second = (await Answer(Worker, survey, one, new { source = "2", dry = "true" })).Expect(409, "already-answered");
        Assert.Equal("worker-1", second.Body.GetProperty("by").GetString());
        (await Answer(Worker, survey, one, new { source = "2" }, correction: true)).Expect(400, "invalid-request");
        var corrected = (await Answer(Worker, survey, one, new { source = "2", dry = "true" }, correction: true)).Expect(200).As<Sheet>();
        Assert.Equal(["answered", "corrected"], corrected.Steps.Select(s => s.Step));
        (await Worker.Post($"{address}/refusals", new { subject = two, reason = "没空" }, Client.NewKey())).Expect(200);

        var results = await Eventually.Is(
            async () => (await Dispatcher.Get($"{address}/results?area=C")).Expect(200),
            r => r.Body.GetProperty("progress").GetProperty("refused").GetInt32() == 1
        );
        Assert.Equal(new(2, 1, 1, 0), results.As<ResultsView>().Progress);
        var source = results.As<ResultsView>().Questions.Single(q => q.Question == "source");
        Assert.Equal([("1", 0), ("2", 1)], source.Choices.Select(c => (c.Choice, c.Count)));
        var village = results.As<ResultsView>().Children.Single(c => c.Area == "C-A");
        Assert.Equal(2, village.Progress.Asked);

        (await Dispatcher.Post($"{address}/close", new { reason = "调查结束" }, Client.NewKey())).Expect(200);
        (await Answer(Worker, survey, two, new { source = "1" })).Expect(409, "survey-closed");
    }

    [Fact]
    public async Task Change_of_a_published_survey_is_asked_when_it_is_published_again()
    {
        var survey = await Published(Water());
        var household = await Household("1");
        (await Answer(Worker, survey, household, new { source = "1" })).Expect(200);

        var changed = (await Dispatcher.Put($"/api/surveys/{survey.Id}/draft", Water("再问一次"), Client.NewKey()))
            .Expect(200)
            .As<Survey>();
        Assert.Equal(("published", 1), (changed.State, changed.Edition));
        var stale = await Dispatcher.Post($"/api/surveys/{survey.Id}/publish", null, Client.NewKey(), ("If-Match", "\"1\""));
        stale.Expect(412, "stale-version");
        var published = (await Dispatcher.Post($"/api/surveys/{survey.Id}/publish", null, Client.NewKey())).Expect(200).As<Survey>();

        Assert.Equal(2, published.Edition);
        Assert.Equal("answered", (await Worker.Get($"/api/surveys/{survey.Id}/sheets/{household}")).Expect(200).As<Sheet>().State);
    }

    [Fact]
    public async Task Who_may_not_is_refused_and_personal_answers_are_masked_for_who_is_not_linked()
    {
        var survey = await Published(Water());
        var household = await Household("1");
        (await Answer(Worker, survey, household, new { source = "2", dry = "true" })).Expect(200);
        var address = $"/api/surveys/{survey.Id}";

        (await Worker.Post("/api/surveys", Water(), Client.NewKey())).Expect(403, "not-your-area");
        (await Worker.Post($"{address}/close", new { reason = "x" }, Client.NewKey())).Expect(403, "not-permitted");
        (await Worker.Get($"{address}/results?area=C")).Expect(403, "not-your-area");
        (await Worker.Get($"{address}/export.xlsx?area=C-A1-1")).Expect(403, "not-your-area");
        var visitor = await As("visitor-a", PackId);
        (await visitor.Get($"{address}/sheets/{household}")).Expect(404, "not-found");
        (await Answer(visitor, survey, household, new { source = "1" })).Expect(404, "not-found");
        (await Answer(Dispatcher, survey, household, new { source = "1" }, correction: true)).Expect(403, "not-permitted");
        var other = await As("clerk-b1", PackId);
        (await other.Get($"{address}/sheets/{household}")).Expect(404, "not-found");
        (await other.Get($"{address}/targets?area=C-A1")).Expect(403, "not-your-area");

        var seen = (await Dispatcher.Get($"{address}/sheets/{household}")).Expect(200).As<Sheet>();
        Assert.Equal((new("2", false), true), (seen.Answers["source"], seen.Answers["dry"].Masked));
        Assert.False((await Worker.Get($"{address}/sheets/{household}")).Expect(200).As<Sheet>().Answers["dry"].Masked);
    }

    [Fact]
    public async Task Residents_of_an_age_are_asked_and_erased_ones_are_forgotten()
    {
        var survey = await Published(School());
        var household = await Household("1", ("孩子", "2016-05-04"), ("大人", "1980-05-04"));
        var targets = (await Worker.Get($"/api/surveys/{survey.Id}/targets")).Expect(200).As<Page<Target>>().Items;
        var child = Assert.Single(targets);
        Assert.Equal(("孩子", "open"), (child.Name, child.State));

        (await Answer(Worker, survey, child.Subject, new { school = "清河小学" })).Expect(200);
        (await Answer(Worker, survey, household, new { school = "清河小学" })).Expect(409, "not-asked");
        var left = new { residents = new[] { child.Subject }, reason = "外迁" };
        (await Worker.Post($"/api/households/{household}/move-out", left, Client.NewKey())).Expect(200);
        var erase = new { resident = child.Subject, reason = "家属申请" };
        (await (await As("administrator", PackId)).Post($"/api/households/{household}/erase", erase, Client.NewKey())).Expect(200);

        Assert.Empty((await Worker.Get($"/api/surveys/{survey.Id}/sheets/{child.Subject}")).Expect(200).As<Sheet>().Answers);
        var results = (await Dispatcher.Get($"/api/surveys/{survey.Id}/results?area=C")).Expect(200).As<ResultsView>();
        Assert.Equal(1, results.Progress.Answered);
    }

    [Fact]
    public async Task Small_counts_are_shown_from_the_village_up_and_the_workbook_is_masked()
    {
        var survey = await Published(Water());
        var household = await Household("1");
        (await Answer(Worker, survey, household, new { source = "2", dry = "true" })).Expect(200);
        async Task<ResultsView> Results(string area) =>
            (await Dispatcher.Get($"/api/surveys/{survey.Id}/results?area={area}")).Expect(200).As<ResultsView>();

        var grid = await Results("C-A1-1");
        Assert.Equal([false, true], grid.Questions.Select(q => q.Hidden));
        Assert.Empty(grid.Questions[1].Choices);
        Assert.True((await Results("C-A1-2")).Questions[1].Hidden);
        Assert.False((await Results("C-A1")).Questions[1].Hidden);

        var file = (await Dispatcher.Get($"/api/surveys/{survey.Id}/export.xlsx?area=C")).Expect(200);
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
}
