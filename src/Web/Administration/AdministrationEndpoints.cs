using GridActors.Domain.Packs;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Administration;

/// <summary>What the team that runs a pack needs.</summary>
public static class AdministrationEndpoints
{
    /// <summary>The policy of whatever only those may see whose post administers at their pack's root.</summary>
    public const string Policy = "administer";

    public static void AddPolicy(AuthorizationOptions options) => options.AddPolicy(Policy, policy => policy.RequireAuthenticatedUser().RequireAssertion(c =>
        (c.Resource as HttpContext)?.Features.Get<Caller>() is { } caller && caller.Person.Over(caller.Pack.Root).Has(Permission.Administer)));

    public static void MapAdministration(this IEndpointRouteBuilder routes) => routes.MapPost("/api/admin/verify", Verify).RequireAuthorization(Policy);

    static async Task<Ok<VerificationJson>> Verify(Caller caller, Verification verification, CancellationToken cancellationToken) =>
        TypedResults.Ok(await verification.Run(caller.Pack, cancellationToken));
}
