using GridActors.Domain.Packs;

namespace GridActors.Service.Tests.Surveys;

/// <summary>Tests of surveys, in a pack of each test's own.</summary>
public abstract class SurveyTest : SharedServiceTest
{
    protected sealed record Survey(string Id, string State, int Edition, int Version, string[] Actions);

    protected sealed record Sheet(
        string State,
        IReadOnlyDictionary<string, FieldView> Answers,
        IReadOnlyDictionary<string, string> Suggested,
        bool MayFill,
        StepView[] Steps
    );

    protected sealed record StepView(string Step, string By);

    protected Pack Pack { get; private set; } = null!;
    protected string PackId => Pack.Id;

    /// <summary>Of the grid C-A1-1.</summary>
    protected Client Worker { get; private set; } = null!;

    /// <summary>Manages surveys, and may not answer them.</summary>
    protected Client Dispatcher { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Pack = await Service.Load(TestPacks.Fresh());
        (Worker, Dispatcher) = (await As("worker-1", PackId), await As("dispatcher-1", PackId));
    }

    /// <summary>Open today, whatever day it is.</summary>
    protected static object Water(string title = "饮水安全调查") =>
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

    protected async Task<Survey> Published(object body)
    {
        var drafted = (await Dispatcher.Post("/api/surveys", body, Client.NewKey())).Expect(201).As<Survey>();
        (await Worker.Get($"/api/surveys/{drafted.Id}")).Expect(404, "not-found");
        return (await Dispatcher.Post($"/api/surveys/{drafted.Id}/publish", null, Client.NewKey())).Expect(200).As<Survey>();
    }

    /// <returns>The id of a household in the worker's grid.</returns>
    protected async Task<string> Household(string waterSource, params (string Name, string Born)[] others)
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
        return (await Worker.Post("/api/households", body, Client.NewKey())).Expect(201).As<HouseholdView>().Id;
    }

    protected static Task<Answer> Answer(
        Client client,
        Survey survey,
        string subject,
        object answers,
        string? key = null,
        bool correction = false
    ) =>
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
