using System.Globalization;
using System.Threading.RateLimiting;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Perimeter;

/// <summary>
/// How fast one person may write. Nobody types that fast; without it one phone could fill the inboxes of a county in seconds.
/// </summary>
/// <remarks>
/// ASP.NET's middleware for rate limits isn't used: it never ends the timers of its limiters, which keep a stopped service in memory.
/// </remarks>
sealed class WriteLimit(IOptions<LimitOptions> options) : IDisposable
{
    readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        Partition(context, options.Value)
    );

    public void Dispose() => _limiter.Dispose();

    public async Task Check(HttpContext context, RequestDelegate next)
    {
        using var lease = _limiter.AttemptAcquire(context);
        if (lease.IsAcquired)
            await next(context);
        else
            await Refuse(context, lease);
    }

    static RateLimitPartition<string> Partition(HttpContext context, LimitOptions limits)
    {
        var request = context.Request;
        var isCounted =
            limits.WritesPerSecond > 0
            && !HttpMethods.IsGet(request.Method)
            && !HttpMethods.IsHead(request.Method)
            && request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            // Whoever was too fast may still sign out.
            && request.Path != "/api/session";
        if (!isCounted || Caller.Of(context.User) is not { } caller)
            return RateLimitPartition.GetNoLimiter("");
        return RateLimitPartition.GetTokenBucketLimiter(
            caller.Id.Key,
            _ =>
                new()
                {
                    TokenLimit = limits.WritesAtOnce,
                    TokensPerPeriod = limits.WritesPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                }
        );
    }

    static Task Refuse(HttpContext context, RateLimitLease lease)
    {
        var after = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problem.Of(Problem.TooManyRequests, context, ("retryAfter", seconds)).ExecuteAsync(context);
    }
}
