using GridActors.Contracts.Cases;
using GridActors.Contracts.Packs;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Administration;

/// <summary>What the team that runs a pack needs.</summary>
public static class AdministrationEndpoints
{
    public static void MapAdministration(this IEndpointRouteBuilder routes) => routes.MapPost("/api/admin/verify", Verify).RequireAuthorization();

    static async Task<Results<Ok<VerificationJson>, ProblemHttpResult>> Verify(Caller caller, Verification verification, HttpContext context, CancellationToken cancellationToken) =>
        caller.Person.Over(caller.Pack.Root).Has(Permission.Administer)
            ? TypedResults.Ok(await verification.Run(caller.Pack, cancellationToken))
            : Problem.Of(CaseRejections.NotPermitted, context);
}
