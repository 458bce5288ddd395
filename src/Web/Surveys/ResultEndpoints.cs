using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Surveys;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Cases;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Surveys;

/// <summary>What surveys brought: figures by area, and a workbook.</summary>
static class ResultEndpoints
{
    public static void MapResults(this IEndpointRouteBuilder surveys)
    {
        var survey = surveys
            .MapGroup("/{survey}")
            .WithProblems(CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
        survey
            .MapGet("/results", Results)
            .WithName("getSurveyResults")
            .WithSummary("Count the answers of an area and everything below it")
            .WithDescription(
                "Small counts of personal questions aren't shown below the pack's level (docs/surveys.md). It is counted when it is asked "
                    + "for: ask again to see what has come since."
            );
        survey
            .MapGet("/export.xlsx", Export)
            .WithName("exportSurvey")
            .WithSummary("Export the answers of an area and everything below it as a workbook, masked")
            .WithDescription("For a post that may manage surveys there. The first line says who exported it and when.")
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Xlsx);
    }

    static async Task<Results<Ok<SurveyResultsJson>, ProblemHttpResult>> Results(
        string survey,
        [Description("Code of the area; by default the caller's home.")] string? area,
        Caller caller,
        SurveyQueries queries,
        SurveyResults results,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, under, problem) = await Find(survey, area, caller, queries, context, cancellationToken);
        if (view is null || under is null)
            return problem!;
        return TypedResults.Ok(await results.Of(view, caller.Pack, under).WaitAsync(cancellationToken));
    }

    static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        string survey,
        string? area,
        Caller caller,
        SurveyQueries queries,
        AccessJournal access,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, under, problem) = await Find(survey, area, caller, queries, context, cancellationToken);
        if (view is null || under is null)
            return problem!;
        if (!caller.Person.Over(under).Has(Permission.ManageSurveys))
            return Problem.Of(CaseRejections.NotYourArea, context);
        access.Export(caller, "surveys");
        var english = Problem.IsEnglish(context);
        var export = new SurveyExport(caller.Pack, view, caller, queries, english);
        // A zip archive ends with a synchronous write.
        context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
        return TypedResults.Stream(
            stream =>
                HttpMethods.IsHead(context.Request.Method)
                    ? Task.CompletedTask
                    : export.Write(stream, under, clock.GetUtcNow(), cancellationToken),
            CaseExport.Xlsx,
            $"{(english ? "Survey" : "问卷")}-{under.Name}.xlsx"
        );
    }

    /// <returns>
    /// The survey and the area whose households the caller may read, as far as the survey asks there; or why there is none.
    /// </returns>
    static async Task<(SurveyView? Survey, AreaNode? Under, ProblemHttpResult? Problem)> Find(
        string survey,
        string? area,
        Caller caller,
        SurveyQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await SurveyEndpoints.Find(survey, caller, queries, cancellationToken) is not { } view)
            return (null, null, Problem.Of(CaseRejections.NotFound, context));
        var (under, problem) = HouseholdListQuery.Under(area, caller, context);
        if (under is null)
            return (null, null, problem);
        if (caller.Area(view.Area.Code) is not { } asked)
            return (null, null, Problem.Of(CaseRejections.NotFound, context));
        // Above the survey's area there is no more than in it.
        return (view, under.Contains(asked) ? asked : under, null);
    }
}
