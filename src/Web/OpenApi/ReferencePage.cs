using System.Security.Cryptography;
using GridActors.Web.Perimeter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace GridActors.Web.OpenApi;

/// <summary>
/// The reference of the API as a page, at /api. Everything it needs comes from the service itself, so that it works without the internet.
/// </summary>
static class ReferencePage
{
    /// <summary>Below /api and not at it: the page's own routes would answer for every unknown address there.</summary>
    const string Path = "/api/reference";

    public static void MapReferencePage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api", () => TypedResults.LocalRedirect($"~{Path}/")).AllowAnonymous().ExcludeFromDescription();
        routes.MapScalarApiReference(Path, Configure).AllowAnonymous();
    }

    static void Configure(ScalarOptions options, HttpContext context)
    {
        // The page starts with a script of its own, which the policy of all other pages forbids: a nonce allows that script and no other.
        var nonce = RandomNumberGenerator.GetHexString(32);
        context.Response.Headers.ContentSecurityPolicy = $"{SafeHeaders.ContentSecurityPolicy(context)}; script-src 'self' 'nonce-{nonce}'";
        options
            .WithNonce(nonce)
            .WithTitle($"{nameof(GridActors)} API")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools();
    }
}
