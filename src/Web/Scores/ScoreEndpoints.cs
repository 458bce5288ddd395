using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Scores;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using GridActors.Storage.Scores;
using GridActors.Storage.Time;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using GridActors.Web.WorkerDays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Scores;

/// <summary>Scores of workers with the events behind them (考核).</summary>
static class ScoreEndpoints
{
    /// <summary>What the largest county of the four has, twice.</summary>
    const int MaxPeople = 4000;

    const string MonthDescription = "Such as 2026-11; without it, the month of today.";
    const string VersionDescription = "Other rules than those of the month, to see what they would make of it.";

    public static void MapScores(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api/scores")
            .RequireAuthorization()
            .WithTags("Scores")
            .WithProblems(Problem.NotSignedIn, Problem.InvalidRequest, ScoreRejections.NoScores);
        api.MapGet("/rules", Rules)
            .WithName("getScoreRules")
            .WithSummary("Get the rules by which workers are scored")
            .WithDescription("For everybody: who is judged by rules may read them.");
        api.MapGet("/{person}", Get)
            .WithName("getScore")
            .WithSummary("Get somebody's score of a month, with every event behind it")
            .WithDescription("One's own (`me`), or, for a post that may oversee workers there, that of somebody below.")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        api.MapGet("", List)
            .WithName("listScores")
            .WithSummary("List the scores of everybody in an area")
            .WithDescription("For a post that may oversee workers there, in the order of the tree. Not where the place compares nobody.")
            .WithProblems(CaseRejections.NotFound, CaseRejections.NotYourArea, ScoreRejections.RankingOff, CaseRejections.Unavailable);
    }

    static Results<Ok<ScoreRulesJson>, ProblemHttpResult> Rules(
        [Description(MonthDescription)] string? month,
        [Description("Those of another version.")] int? version,
        Caller caller,
        ServiceTime clock,
        HttpContext context
    ) =>
        RulesOf(month, version, caller, clock, context, out var problem) is { } asked
            ? TypedResults.Ok(ScoreRulesJson.Of(caller.Pack.Pack.Scores!, asked.Set))
            : problem!;

    static async Task<Results<Ok<ScoreJson>, ProblemHttpResult>> Get(
        [Description("The person's id, or `me`.")] string person,
        [Description(MonthDescription)] string? month,
        [Description(VersionDescription)] int? version,
        Caller caller,
        ScoreQueries queries,
        HouseholdLabels households,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var id = person == "me" ? caller.Id : new PersonId(caller.Pack.Pack.Id, person);
        if (id != caller.Id && !Oversees(caller, id))
            return Problem.Of(CaseRejections.NotFound, context);
        if (RulesOf(month, version, caller, clock, context, out var problem) is not { } asked)
            return problem!;
        if (caller.Pack.Person(id) is not { } entry || ScoredPeople.Of(asked.Set, entry) is not { } scored)
            return Problem.Of(ScoreRejections.NoScores, context);
        var rules = caller.Pack.Pack.Scores!;
        var team = rules.Ranking == RankingPolicy.Team ? ScoredPeople.TeamOf(caller.Pack, asked.Set, scored) : null;
        var facts = await queries.Facts(caller.Pack, team?.People ?? [scored], asked.Month, asked.Now, cancellationToken);
        var score = ScoreCalculator.Compute(asked.Set, scored.Post.Id, facts[id]);
        var labels = await households.Of(score, caller, cancellationToken);
        return TypedResults.Ok(
            new ScoreJson(
                id.Id,
                entry.Name,
                scored.Post.Id,
                scored.Post.Name,
                scored.Post.NameEn,
                scored.Area.Code,
                scored.Area.Name,
                asked.Month.ToString(),
                asked.Until,
                asked.IsProvisional,
                asked.Set.Version,
                asked.Set == rules.In(asked.Month),
                score.Points,
                score.Of,
                score.Mark,
                score.FullMarks,
                new(score.Days.Working, score.Days.Leave, score.Days.Expected, score.Days.OnDuty),
                [.. score.Lines.Select(l => ScoreLineJson.From(l, labels))],
                ScorePolicyJson.Of(rules),
                team is { } t ? Standing(t.Area, t.People.Select(p => Mark(asked.Set, p, facts))) : null
            )
        );
    }

    static async Task<Results<Ok<ScoreListJson>, ProblemHttpResult>> List(
        [Description("Code of the area; without it, the topmost of your posts.")] string? area,
        [Description(MonthDescription)] string? month,
        [Description(VersionDescription)] int? version,
        Caller caller,
        ScoreQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, refused) = OversightEndpoints.Under(area, caller, context);
        if (under is null)
            return refused!;
        if (RulesOf(month, version, caller, clock, context, out var problem) is not { } asked)
            return problem!;
        var rules = caller.Pack.Pack.Scores!;
        if (rules.Ranking == RankingPolicy.Self)
            return Problem.Of(ScoreRejections.RankingOff, context);
        var people = ScoredPeople.In(caller.Pack, asked.Set, under);
        if (people.Count > MaxPeople)
        {
            var fields = Fields.Of(context);
            fields.Wrong("area", $"超过 {MaxPeople} 人，请选择较小的区域", $"has more than {MaxPeople} people: take a smaller one");
            return fields.Problem(context);
        }
        var facts = await queries.Facts(caller.Pack, people, asked.Month, asked.Now, cancellationToken);
        return TypedResults.Ok(
            new ScoreListJson(
                under.Code,
                under.Name,
                asked.Month.ToString(),
                asked.Until,
                asked.IsProvisional,
                asked.Set.Version,
                asked.Set.FullMarks,
                ScorePolicyJson.Of(rules),
                [.. asked.Set.Items.Select(ScoreItemJson.Of)],
                [.. people.Select(p => Row(p, ScoreCalculator.Compute(asked.Set, p.Post.Id, facts[p.Entry.Id])))]
            )
        );
    }

    static ScoreRowJson Row(ScoredPerson person, Score score) =>
        new(
            person.Entry.Id.Id,
            person.Entry.Name,
            person.Post.Id,
            person.Post.Name,
            person.Post.NameEn,
            person.Area.Code,
            person.Area.Name,
            score.Points,
            score.Of,
            score.Mark,
            score.Days.OnDuty,
            score.Days.Expected,
            [.. score.Lines.Select(ScorePointsJson.From)]
        );

    static decimal? Mark(ScoreRuleSet rules, ScoredPerson person, IReadOnlyDictionary<PersonId, ScoreFacts> facts) =>
        ScoreCalculator.Compute(rules, person.Post.Id, facts[person.Entry.Id]).Mark;

    static ScoreStandingJson? Standing(AreaNode area, IEnumerable<decimal?> marks)
    {
        List<decimal> sorted = [.. marks.OfType<decimal>().Order()];
        return sorted.Count < ScoredPeople.SmallestTeam
            ? null
            : new(area.Code, area.Name, sorted.Count, sorted[0], At(1), At(2), At(3), sorted[^1]);

        // The mark below which so many quarters lie.
        decimal At(int quarters) => sorted[(sorted.Count - 1) * quarters / 4];
    }

    /// <summary>Whether the caller oversees the person in the area of one of their posts.</summary>
    static bool Oversees(Caller caller, PersonId person) =>
        caller.Pack.Person(person) is { } entry && entry.Posts.Any(p => caller.Person.Over(p.Area).Has(Permission.OverseeWorkers));

    /// <returns>The rules that are asked for; null, and why, when there are none.</returns>
    static AskedRules? RulesOf(
        string? month,
        int? version,
        Caller caller,
        ServiceTime clock,
        HttpContext context,
        out ProblemHttpResult? problem
    )
    {
        var now = clock.GetUtcNow();
        var today = caller.Pack.Day(now);
        var (fields, asked) = (Fields.Of(context), string.IsNullOrEmpty(month) ? ScoreMonth.Of(today) : ScoreMonth.Parse(month));
        if (asked is null)
            fields.Wrong("month", "应为月份（2026-11）", "must be a month (2026-11)");
        else if (asked > ScoreMonth.Of(today))
            fields.Wrong("month", "还没有到这个月", "is still to come");
        if (!fields.AreValid)
        {
            problem = fields.Problem(context);
            return null;
        }
        var rules = caller.Pack.Pack.Scores;
        var set = version is { } other ? rules?.Version(other) : rules?.In(asked!.Value);
        problem = set is null ? Problem.Of(ScoreRejections.NoScores, context) : null;
        if (set is null)
            return null;
        var last = asked!.Value.Last;
        return new(set, asked.Value, now, last < today ? last : today, last >= today);
    }

    /// <param name="Until">The last day that counts so far.</param>
    sealed record AskedRules(ScoreRuleSet Set, ScoreMonth Month, DateTimeOffset Now, DateOnly Until, bool IsProvisional);
}
