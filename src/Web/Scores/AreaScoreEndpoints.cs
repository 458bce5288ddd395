using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Scores;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using GridActors.Storage.Access;
using GridActors.Storage.Scores;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using GridActors.Web.WorkerDays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Scores;

/// <summary>The cases of an area in a month, of which its rates are made, and the middle of its workers' marks.</summary>
/// <param name="Reported">In the month; of those, <c>settled</c> are closed by now.</param>
/// <param name="Closed">
/// In the month; of those, <c>onTime</c> without a broken promise, <c>returned</c> and <c>extended</c> at least once.
/// </param>
/// <param name="People">How many workers have a mark.</param>
/// <param name="Mark">The middle of their marks; null where there is none, or the place compares nobody.</param>
public sealed record AreaScoreJson(
    string Area,
    string AreaName,
    int Reported,
    int Settled,
    int Closed,
    int OnTime,
    int Returned,
    int Extended,
    int Rated,
    int Satisfied,
    int People,
    decimal? Mark
)
{
    public static AreaScoreJson Of(AreaNode area, AreaRates r, IReadOnlyList<decimal> marks) =>
        new(
            area.Code,
            area.Name,
            r.Reported,
            r.Settled,
            r.Closed,
            r.OnTime,
            r.Returned,
            r.Extended,
            r.Rated,
            r.Satisfied,
            marks.Count,
            marks.Count == 0 ? null : marks.Order().ElementAt((marks.Count - 1) / 2)
        );
}

/// <summary>How an area and those below it did in a month.</summary>
/// <param name="Children">In the order of the pack.</param>
public sealed record AreaScoresJson(
    string Month,
    DateOnly Until,
    bool IsProvisional,
    AreaScoreJson Area,
    IReadOnlyList<AreaScoreJson> Children
);

/// <summary>Areas side by side, and the month's scores as a workbook.</summary>
static class AreaScoreEndpoints
{
    const string AreaDescription = "Code of the area; without it, the topmost of your posts.";
    const string MonthDescription = "Such as 2026-11; without it, the month of today.";

    public static void MapAreaScores(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api")
            .RequireAuthorization()
            .WithTags("Scores")
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.NotYourArea,
                ScoreRejections.NoScores,
                CaseRejections.Unavailable
            );
        api.MapGet("/score-areas", Get)
            .WithName("getAreaScores")
            .WithSummary("Get how an area and those below it did in a month")
            .WithDescription(
                "For a post that may oversee workers there. The counts of which the rates of CJ/T 292 are made, without confidential cases."
            );
        api.MapGet("/score-sheet.xlsx", Export)
            .WithName("exportScores")
            .WithSummary("Export the scores of everybody in an area as a workbook")
            .WithDescription(
                "For a post that may oversee workers there; not where the place compares nobody. The first line says who exported it and "
                    + "when."
            )
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Xlsx)
            .WithProblems(ScoreRejections.RankingOff);
    }

    static async Task<Results<Ok<AreaScoresJson>, ProblemHttpResult>> Get(
        [Description(AreaDescription)] string? area,
        [Description(MonthDescription)] string? month,
        Caller caller,
        ScorePages pages,
        AreaRateQueries queries,
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
        var rates = await queries.Count(
            AreaParts.Of(root),
            caller.Pack.Start(asked.Month.First),
            caller.Pack.Start(asked.Month.Last.AddDays(1)),
            cancellationToken
        );
        var marks = await Marks(root, asked, caller, pages, cancellationToken);
        return TypedResults.Ok(
            new AreaScoresJson(
                asked.Month.ToString(),
                asked.Until,
                asked.IsProvisional,
                AreaScoreJson.Of(
                    root,
                    rates.Values.Aggregate(default(AreaRates), (sum, part) => sum + part),
                    [.. marks.Select(m => m.Mark)]
                ),
                [
                    .. root.Children.Select(
                        (c, i) =>
                            AreaScoreJson.Of(c, rates.GetValueOrDefault(i), [.. marks.Where(m => c.Contains(m.Area)).Select(m => m.Mark)])
                    ),
                ]
            )
        );
    }

    static async Task<IReadOnlyList<(AreaNode Area, decimal Mark)>> Marks(
        AreaNode root,
        AskedScores asked,
        Caller caller,
        ScorePages pages,
        CancellationToken cancellationToken
    )
    {
        var people = ScoredPeople.In(caller.Pack, asked.Set, root);
        if (asked.Rules.Ranking == RankingPolicy.Self || people.Count > ScoreEndpoints.MaxPeople)
            return [];
        var rows = await pages.Rows(people, asked, caller, cancellationToken);
        return [.. people.Zip(rows).Where(p => p.Second.Mark is not null).Select(p => (p.First.Area, p.Second.Mark!.Value))];
    }

    static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        [Description(AreaDescription)] string? area,
        [Description(MonthDescription)] string? month,
        Caller caller,
        ScorePages pages,
        AccessJournal access,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (ScoreEndpoints.Asked(area, month, null, caller, clock, context, out var problem) is not var (under, asked, people))
            return problem!;
        var rows = await pages.Rows(people, asked, caller, cancellationToken);
        access.Export(caller, "scores");
        var english = Problem.IsEnglish(context);
        var book = new ScoreWorkbook(caller, asked, under, english);
        // A zip archive ends with a synchronous write.
        context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
        return TypedResults.Stream(
            stream =>
                HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : book.Write(stream, rows, asked.Now, cancellationToken),
            CaseExport.Xlsx,
            $"{(english ? "Scores" : "考核得分")}-{under.Name}-{asked.Month}.xlsx"
        );
    }
}
