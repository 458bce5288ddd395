using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Coverage;
using GridActors.Domain.Packs;
using GridActors.Storage.Coverage;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Coverage;

/// <param name="Due">To be visited by the end of the week, and not visited yet.</param>
/// <param name="Overdue">Of those, due before today, or never visited.</param>
/// <param name="Done">Visited this week.</param>
public sealed record VisitFiguresJson(int Due, int Overdue, int Done)
{
    public static VisitFiguresJson Of(VisitFigures figures) => new(figures.Due, figures.Overdue, figures.Done);
}

/// <summary>A special group, or a type of key places.</summary>
public sealed record VisitKindJson(string Id, string Name, string NameEn, VisitFiguresJson Visits);

/// <param name="MustVisit">Households (必访).</param>
/// <param name="MustLook">Key places (必看).</param>
public sealed record AreaCoverageJson(string Area, string AreaName, VisitFiguresJson MustVisit, VisitFiguresJson MustLook);

/// <summary>What must be visited and looked at in this week, and how much of it is done.</summary>
/// <param name="From">Monday.</param>
/// <param name="To">Sunday.</param>
/// <param name="Groups">
/// The special groups that have a rhythm and that the caller may know. A household in several counts with each.
/// </param>
/// <param name="Places">The types of key places that have a rhythm.</param>
/// <param name="Children">In the order of the pack.</param>
public sealed record CoverageJson(
    DateOnly From,
    DateOnly To,
    AreaCoverageJson Area,
    IReadOnlyList<VisitKindJson> Groups,
    IReadOnlyList<VisitKindJson> Places,
    IReadOnlyList<AreaCoverageJson> Children
);

/// <summary>How far the week's visits have come, by the rhythms of the ledger.</summary>
static class CoverageEndpoints
{
    public static void MapCoverage(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/coverage", Get)
            .RequireAuthorization()
            .WithTags("Households")
            .WithName("getCoverage")
            .WithSummary("Get how much of this week's must-visit and must-look is done, by area")
            .WithDescription("For a post that may read the households of the area. Groups that the caller may not know aren't counted.")
            .WithProblems(
                Problem.NotSignedIn,
                CaseRejections.NotFound,
                CaseRejections.NotYourArea,
                HouseholdRejections.NoHouseholds,
                CaseRejections.Unavailable
            );

    static async Task<Results<Ok<CoverageJson>, ProblemHttpResult>> Get(
        [Description("Code of the area; by default the caller's home.")] string? area,
        Caller caller,
        CoverageQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (root, problem) = HouseholdListQuery.Under(area, caller, context);
        if (root is null)
            return problem!;
        var week = VisitWeek.Of(caller.Pack, clock.GetUtcNow(), group => caller.Pack.MayReadGroup(caller.Id, root, group));
        var (households, places) = await queries.Count(week, AreaParts.Of(root), cancellationToken);
        var rules = caller.Pack.Pack.Households!;
        return TypedResults.Ok(
            new CoverageJson(
                week.From,
                week.To,
                Of(root, households.Total, places.Total),
                [
                    .. from rhythm in week.Groups
                    let rule = rules.Group(rhythm.Id)
                    select new VisitKindJson(
                        rule.Id,
                        rule.Name,
                        rule.NameEn,
                        VisitFiguresJson.Of(households.Kinds.GetValueOrDefault(rule.Id))
                    ),
                ],
                [
                    .. from rhythm in week.Places
                    let rule = rules.KeyPlaces.First(p => p.Id == rhythm.Id)
                    select new VisitKindJson(rule.Id, rule.Name, rule.NameEn, VisitFiguresJson.Of(places.Kinds.GetValueOrDefault(rule.Id))),
                ],
                [.. root.Children.Select((c, i) => Of(c, households.Parts.GetValueOrDefault(i), places.Parts.GetValueOrDefault(i)))]
            )
        );
    }

    static AreaCoverageJson Of(AreaNode area, VisitFigures households, VisitFigures places) =>
        new(area.Code, area.Name, VisitFiguresJson.Of(households), VisitFiguresJson.Of(places));
}
