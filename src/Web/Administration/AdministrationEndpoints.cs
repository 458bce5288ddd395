using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Administration;

/// <summary>Calls for the people who run a pack.</summary>
public static class AdministrationEndpoints
{
    /// <summary>The policy for people with a post that administers the root of their pack.</summary>
    public const string Policy = "administer";

    public static void AddPolicy(AuthorizationOptions options) =>
        options.AddPolicy(
            Policy,
            policy =>
                policy
                    .RequireAuthenticatedUser()
                    .RequireAssertion(authorization =>
                        Caller.Of(authorization.User) is { } caller && caller.Person.Over(caller.Pack.Root).Has(Permission.Administer)
                    )
        );

    public static void MapAdministration(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/admin/verify", Verify)
            .RequireAuthorization(Policy)
            .WithTags("Administration")
            .WithName("verifyBoards")
            .WithSummary("Compare the boards with the database")
            .WithDescription(
                "Counts every area of the pack in SQL and names each figure that a board shows otherwise. "
                    + "Checks the access journal's chain of hashes. For posts that administer."
            )
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotPermitted, CaseRejections.OutcomeUnknown);

    static async Task<Ok<VerificationJson>> Verify(
        Caller caller,
        Verification verification,
        AccessJournal journal,
        CancellationToken cancellationToken
    )
    {
        journal.Administration(caller, "verify");
        return TypedResults.Ok(await verification.Run(caller.Pack, cancellationToken));
    }
}
