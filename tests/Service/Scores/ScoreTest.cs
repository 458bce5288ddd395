using GridActors.Service.Tests.WorkerDays;

namespace GridActors.Service.Tests.Scores;

/// <summary>A test of scores, in a pack of its own.</summary>
public abstract class ScoreTest : FieldTest
{
    protected sealed record Evidence(string Kind, string Id, string Label, DateTimeOffset? At, bool Counts, string? Note);

    protected sealed record ItemView(string Id, string Measure, decimal Points, decimal? Target, decimal? Each, bool Deducts);

    protected sealed record Line(
        ItemView Item,
        decimal Points,
        decimal Of,
        bool Applies,
        decimal Measured,
        decimal? OutOf,
        Evidence[] Evidence,
        decimal? Computed
    );

    protected sealed record DaysView(int Working, int Leave, int Expected, int OnDuty);

    protected sealed record Standing(string Area, int People, decimal Lowest, decimal Highest);

    protected sealed record ScoreView(
        string Person,
        string Post,
        string Area,
        string Month,
        bool IsProvisional,
        int RulesVersion,
        bool InForce,
        decimal Points,
        decimal Of,
        decimal? Mark,
        DaysView Days,
        Line[] Lines,
        Standing? Standing,
        DateTimeOffset? ClosedAt,
        Correction[] Corrections,
        Appeal[] Appeals
    );

    protected sealed record Changed(string Item, decimal From, decimal To);

    protected sealed record Correction(DateTimeOffset At, Changed[] Changes);

    protected sealed record Decision(int Instance, string By, string Outcome, decimal From, decimal To, string Reason);

    protected sealed record Appeal(
        string Id,
        string Item,
        string Text,
        bool IsOverdue,
        int Instance,
        string State,
        string Raised,
        Decision[] Decisions,
        bool MayRaise,
        bool MayDecide
    );

    protected sealed record Row(string Person, string Area, decimal Points, decimal? Mark, int OnDuty, DateTimeOffset? ClosedAt);

    protected sealed record ListView(string Area, string Month, int RulesVersion, Row[] People);

    protected sealed record RulesView(int Version, int FullMarks, ItemView[] Items);

    protected async Task<ScoreView> Mine(Client? by = null) => (await (by ?? Worker).Get("/api/scores/me")).Expect(200).As<ScoreView>();

    protected static Line Of(ScoreView score, string item) => Assert.Single(score.Lines, l => l.Item.Id == item);

    protected static async Task<string> Report(string title, Client by)
    {
        var body = new
        {
            category = "rubbish",
            area = "C-A1-1",
            title,
        };
        return (await by.Post("/api/cases", body, Client.NewKey())).Expect(201).As<CaseView>().Id;
    }
}
