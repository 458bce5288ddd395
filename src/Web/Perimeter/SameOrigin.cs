using GridActors.Web.Live;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Perimeter;

/// <summary>
/// Refuses what another site makes a browser send with the cookie: writes, and connections to the hub. SameSite=Strict doesn't keep them
/// off, because other ports of the host and other hosts of its domain count as the same site. A request with a token is left alone, because
/// no browser adds a token by itself.
/// </summary>
static class SameOrigin
{
    public static Task Check(HttpContext context, RequestDelegate next) =>
        IsForeign(context.Request) ? Problem.Of(Problem.ForeignOrigin, context).ExecuteAsync(context) : next(context);

    static bool IsForeign(HttpRequest request)
    {
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (isRead && !request.Path.StartsWithSegments(LiveHub.Path, StringComparison.Ordinal))
            return false;
        if (SessionHandler.HasToken(request))
            return false;
        // Browsers send it on every address with TLS and on this machine; scripts can't write it.
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
            return site is not ["same-origin"];
        if (request.Headers.Origin is { Count: > 0 } origin)
            return origin is not [{ } address] || !IsOwn(address, request.Host);
        // No browser of these years sends a write without either. A program that signs in has no cookie yet.
        return request.Cookies.ContainsKey(SessionHandler.Cookie);
    }

    /// <summary>The scheme doesn't count: behind a proxy that ends TLS, the service may not know its own.</summary>
    static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address)
        && string.Equals(address.IdnHost, host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && (host.Port is { } port ? address.Port == port : address.IsDefaultPort);
}
