using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Scores;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
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
    internal const int MaxPeople = 4000;

    const string MonthDescription = "Such as 2026-11; without it, the month of today.";
    const string VersionDescription = "Other rules than those of the month, to see what they would make of it.";

    public static void MapScores(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api")
            .RequireAuthorization()
            .WithTags("Scores")
            .WithProblems(Problem.NotSignedIn, Problem.InvalidRequest, ScoreRejections.NoScores);
        api.MapGet("/score-rules", Rules)
            .WithName("getScoreRules")
            .WithSummary("Get the rules by which workers are scored")
            .WithDescription("For everybody: who is judged by rules may read them.");
        api.MapGet("/scores/{person}", Get)
            .WithName("getScore")
            .WithSummary("Get somebody's score of a month, with every event behind it")
            .WithDescription(
                "One's own (`me`), or, for a post that may oversee workers there, that of somebody below. Once the month is closed, the "
                    + "points are those that were recorded, with what corrections and appeals changed."
            )
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        api.MapGet("/scores", List)
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
        AskedScores.Of(month, version, caller, clock.GetUtcNow(), context, out var problem) is { } asked
            ? TypedResults.Ok(ScoreRulesJson.Of(asked.Rules, asked.Set))
            : problem!;

    static async Task<Results<Ok<ScoreJson>, ProblemHttpResult>> Get(
        [Description("The person's id, or `me`.")] string person,
        [Description(MonthDescription)] string? month,
        [Description(VersionDescription)] int? version,
        Caller caller,
        ScorePages pages,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (Find(person, caller) is not { } entry)
            return Problem.Of(CaseRejections.NotFound, context);
        if (AskedScores.Of(month, version, caller, clock.GetUtcNow(), context, out var problem) is not { } asked)
            return problem!;
        return await pages.Of(entry, asked, caller, cancellationToken) is { } score
            ? TypedResults.Ok(score)
            : Problem.Of(ScoreRejections.NoScores, context);
    }

    static async Task<Results<Ok<ScoreListJson>, ProblemHttpResult>> List(
        [Description("Code of the area; without it, the topmost of your posts.")] string? area,
        [Description(MonthDescription)] string? month,
        [Description(VersionDescription)] int? version,
        Caller caller,
        ScorePages pages,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (Asked(area, month, version, caller, clock, context, out var problem) is not var (under, asked, people))
            return problem!;
        return TypedResults.Ok(
            new ScoreListJson(
                under.Code,
                under.Name,
                asked.Month.ToString(),
                asked.Until,
                asked.IsProvisional,
                asked.Set.Version,
                asked.Set.FullMarks,
                ScorePolicyJson.Of(asked.Rules),
                [.. asked.Set.Items.Select(ScoreItemJson.Of)],
                await pages.Rows(people, asked, caller, cancellationToken)
            )
        );
    }

    /// <summary>The area, the rules and the people that a list is about.</summary>
    /// <returns>Null, and why, when the caller may not see them, or people aren't compared here.</returns>
    internal static (AreaNode Under, AskedScores Asked, IReadOnlyList<ScoredPerson> People)? Asked(
        string? area,
        string? month,
        int? version,
        Caller caller,
        ServiceTime clock,
        HttpContext context,
        out ProblemHttpResult? problem
    )
    {
        (var under, problem) = OversightEndpoints.Under(area, caller, context);
        if (under is null || AskedScores.Of(month, version, caller, clock.GetUtcNow(), context, out problem) is not { } asked)
            return null;
        if (asked.Rules.Ranking == RankingPolicy.Self)
        {
            problem = Problem.Of(ScoreRejections.RankingOff, context);
            return null;
        }
        var people = ScoredPeople.In(caller.Pack, asked.Set, under);
        if (people.Count <= MaxPeople)
            return (under, asked, people);
        var fields = Fields.Of(context);
        fields.Wrong("area", $"超过 {MaxPeople} 人，请选择较小的区域", $"has more than {MaxPeople} people: take a smaller one");
        problem = fields.Problem(context);
        return null;
    }

    /// <summary>The caller themself, or somebody whom they oversee in the area of one of their posts; otherwise null.</summary>
    internal static PersonEntry? Find(string person, Caller caller)
    {
        var id = person == "me" ? caller.Id : new PersonId(caller.Pack.Pack.Id, person);
        return
            caller.Pack.Person(id) is { } entry
            && (id == caller.Id || entry.Posts.Any(p => caller.Person.Over(p.Area).Has(Permission.OverseeWorkers)))
            ? entry
            : null;
    }
}
