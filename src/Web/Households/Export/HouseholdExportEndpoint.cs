using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Households.Import;
using GridActors.Web.Administration;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Households.Export;

static class HouseholdExportEndpoint
{
    public static void MapHouseholdExport(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/households/export.xlsx", Export)
            .RequireAuthorization()
            .WithTags("Households")
            .WithName("exportHouseholds")
            .WithSummary("Export the households of an area and everything below it as a workbook, masked")
            .WithDescription(
                "The columns are those of an import; personal values are masked, and the file says who exported it and when. "
                    + "For much, or for values in clear, ask for a file with `POST /api/households/exports`. "
                    + "For a post that may read and transfer households there."
            )
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Xlsx)
            .WithProblems(
                Problem.NotSignedIn,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotYourArea,
                CaseRejections.NotFound,
                CaseRejections.Unavailable
            );

    static Results<PushStreamHttpResult, ProblemHttpResult> Export(
        string? area,
        Caller caller,
        RegisteredHouseholds registered,
        AccessJournal access,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = HouseholdListQuery.Under(area, caller, context);
        if (under is null)
            return problem!;
        if (!caller.Person.Over(under).Has(Permission.TransferHouseholds))
            return Problem.Of(CaseRejections.NotYourArea, context);
        access.Export(caller, "households");
        var english = Problem.IsEnglish(context);
        var export = new HouseholdExport(caller.Pack, caller.Pack.Pack.Households!, caller, english);
        // A zip archive ends with a synchronous write.
        context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
        return TypedResults.Stream(
            stream =>
                HttpMethods.IsHead(context.Request.Method)
                    ? Task.CompletedTask
                    : export.Write(stream, under, clock.GetUtcNow(), registered, _ => Task.CompletedTask, cancellationToken),
            CaseExport.Xlsx,
            FileName(under, english)
        );
    }

    public static string FileName(AreaNode under, bool english) => $"{(english ? "Households" : "户情")}-{under.Name}.xlsx";
}
