using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Perimeter;

/// <summary>
/// The path of the host below which the service is, where a proxy has other things at its root. The proxy passes the path on as it is. What
/// comes without it is served too: load balancers and the command line ask the process itself.
/// </summary>
/// <param name="Base">Empty for the root of the host; otherwise it begins with a slash and ends without one.</param>
public sealed record SubPath(string Base)
{
    /// <summary>Comes before everything that looks at the path, routing included.</summary>
    public void Use(WebApplication app)
    {
        if (Base.Length == 0)
            return;
        app.UsePathBase(Base);
        app.UseRouting();
        app.Use(
            (context, next) =>
            {
                // Taken now: an answer without a body starts after the request has got its whole path back.
                if (context.Request.PathBase.Value is { Length: > 0 } pathBase)
                    context.Response.OnStarting(() => AddToLocation(context.Response, pathBase));
                return next(context);
            }
        );
    }

    /// <summary>The path of a cookie, which other things on the same host don't get.</summary>
    public static string OfCookie(HttpContext context, string path) =>
        context.Request.PathBase is { HasValue: true } pathBase ? (pathBase + path).TrimEnd('/') : path;

    /// <summary>The addresses that answers name are those of the service itself. One that is complete already stays as it is.</summary>
    static Task AddToLocation(HttpResponse response, string pathBase)
    {
        var location = response.Headers.Location.ToString();
        if (location.StartsWith('/') && !new PathString(location.Split('?')[0]).StartsWithSegments(pathBase, StringComparison.Ordinal))
            response.Headers.Location = pathBase + location;
        return Task.CompletedTask;
    }
}
