namespace GridActors.Web;

/// <summary>What a page may load, and from where.</summary>
static class ContentSecurityPolicy
{
    /// <summary>Component libraries place their pop-ups with inline styles; scripts come from the service alone.</summary>
    public const string Pages =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; "
        + "frame-ancestors 'self'";
}
