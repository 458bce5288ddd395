using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web;

/// <summary>An endpoint that takes a form with files.</summary>
static class FormEndpoint
{
    /// <summary>
    /// Its code is made at the start. The compiler's generator writes no code for a handler that it can't see, and is meant not to see this
    /// one: of the code that it writes, the API's description would lack the names of the form's fields.
    /// </summary>
    public static RouteHandlerBuilder MapForm(
        this IEndpointRouteBuilder routes,
        [StringSyntax("Route")] string pattern,
        Delegate handler
    ) => routes.MapPost(pattern, handler);
}
