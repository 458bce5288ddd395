using System.Globalization;
using System.Threading.RateLimiting;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Perimeter;

/// <summary>
/// How fast one person may write. Nobody types that fast; without it one phone could fill the inboxes of a county in seconds.
/// </summary>
static class WriteLimit
{
    public static void AddWriteLimit(this IServiceCollection services)
    {
        services.AddRateLimiter(o => o.OnRejected = async (rejected, _) => await Refuse(rejected));
        services
            .AddOptions<RateLimiterOptions>()
            .Configure<IOptions<LimitOptions>>(
                (o, limits) =>
                    o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, limits.Value))
            );
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

    static async Task Refuse(OnRejectedContext rejected)
    {
        var context = rejected.HttpContext;
        var after = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Problem.Of(Problem.TooManyRequests, context, ("retryAfter", seconds)).ExecuteAsync(context);
    }
}
