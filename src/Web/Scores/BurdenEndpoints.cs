using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Scores;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using GridActors.Storage.Scores;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using GridActors.Web.WorkerDays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Scores;

/// <summary>What an area's workers were asked to do and to note in a month (基层负担).</summary>
/// <param name="Workers">Who noted something.</param>
/// <param name="Days">Days on which one of them did, each of them once a day.</param>
/// <param name="Tasks">To-dos sent down to them.</param>
/// <param name="Notices">Messages to be read and confirmed.</param>
/// <param name="Minutes">What the senders thought that it takes, where they said it.</param>
public sealed record AreaBurdenJson(
    string Area,
    string AreaName,
    int Workers,
    int Days,
    int CheckIns,
    int Checkpoints,
    int Visits,
    int Reports,
    int Tasks,
    int Notices,
    int Minutes
)
{
    public static AreaBurdenJson Of(AreaNode area, AreaBurden b) =>
        new(area.Code, area.Name, b.Workers, b.Days, b.CheckIns, b.Checkpoints, b.Visits, b.Reports, b.Tasks, b.Notices, b.Minutes);
}

/// <param name="Children">In the order of the pack.</param>
public sealed record BurdenJson(
    string Month,
    DateOnly Until,
    bool IsProvisional,
    AreaBurdenJson Area,
    IReadOnlyList<AreaBurdenJson> Children
);

/// <summary>How much work the work itself makes: for the leaders who ask for it.</summary>
static class BurdenEndpoints
{
    public static void MapBurden(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/score-burden", Get)
            .RequireAuthorization()
            .WithTags("Scores")
            .WithName("getBurden")
            .WithSummary("Get how much an area's workers were asked to do and to note in a month")
            .WithDescription("For a post that may oversee workers there: by area, and never by person.")
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.NotYourArea,
                ScoreRejections.NoScores,
                CaseRejections.Unavailable
            );

    static async Task<Results<Ok<BurdenJson>, ProblemHttpResult>> Get(
        [Description("Code of the area; without it, the topmost of your posts.")] string? area,
        [Description("Such as 2026-11; without it, the month of today.")] string? month,
        Caller caller,
        BurdenQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (root, refused) = OversightEndpoints.Under(area, caller, context);
        if (root is null)
            return refused!;
        if (AskedScores.Of(month, null, caller, clock.GetUtcNow(), context, out var problem) is not { } asked)
            return problem!;
        var of = asked.Month;
        var counted = await queries.Count(
            AreaParts.Of(root),
            (of.First, of.Last),
            (caller.Pack.Start(of.First), caller.Pack.Start(of.Last.AddDays(1))),
            cancellationToken
        );
        return TypedResults.Ok(
            new BurdenJson(
                of.ToString(),
                asked.Until,
                asked.IsProvisional,
                AreaBurdenJson.Of(root, counted.Values.Aggregate(default(AreaBurden), (sum, part) => sum + part)),
                [.. root.Children.Select((c, i) => AreaBurdenJson.Of(c, counted.GetValueOrDefault(i)))]
            )
        );
    }
}
