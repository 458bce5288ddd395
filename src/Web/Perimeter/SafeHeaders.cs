using GridActors.Web.Live;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Perimeter;

/// <summary>What every answer tells the browser: what a page may load and do, and what may be kept or framed.</summary>
static class SafeHeaders
{
    const string Permissions =
        "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), serial=(), hid=(), bluetooth=(), midi=(), "
        + "display-capture=()";

    /// <summary>Kept, because every answer needs it and nearly all of them name the same host.</summary>
    sealed record Policy(string Host, string Text);

    static Policy? LastPolicy;

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        // They are added when the answer starts, so that a failed call has them too: before its problem is written, headers are removed.
        // The path is that of now: below a sub-path it is longer again by then.
        context.Response.OnStarting(Write, (context, context.Request.Path));
        return next(context);
    }

    /// <summary>
    /// Component libraries place their pop-ups with inline styles; scripts come from the service alone. The hub's address is named for
    /// browsers in which <c>'self'</c> covers no WebSockets.
    /// </summary>
    public static string ContentSecurityPolicy(HttpContext context)
    {
        var host = context.Request.Host;
        if (LastPolicy is { } last && last.Host == host.Value)
            return last.Text;
        var policy = PolicyFor(host);
        LastPolicy = new(host.Value ?? "", policy);
        return policy;
    }

    static string PolicyFor(HostString host)
    {
        var hub = Uri.CheckHostName(host.Host) == UriHostNameType.Unknown ? "" : $" ws://{host.Value} wss://{host.Value}";
        return "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; "
            + $"form-action 'self'; frame-ancestors 'self'; connect-src 'self'{hub}";
    }

    static Task Write(object state)
    {
        var (context, path) = ((HttpContext, PathString))state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = ContentSecurityPolicy(context);
        // What the API answers is for one person, and a shared computer must not keep it.
        if (headers.CacheControl.Count == 0 && path.StartsWithSegments("/api", StringComparison.Ordinal))
            headers.CacheControl = "no-store";
        // Otherwise nginx holds the hub's messages back until its buffer is full.
        if (path.StartsWithSegments(LiveHub.Path, StringComparison.Ordinal))
            headers["X-Accel-Buffering"] = "no";
        return Task.CompletedTask;
    }
}
