using System.Threading.RateLimiting;
using GridActors.Web.Perimeter;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Registrations;

/// <summary>
/// How often the public door may be used by one address, and with one printed code. Who guesses codes or secrets is slowed down long before
/// they could find one of their 128 bits.
/// </summary>
sealed class PublicCalls(IOptions<LimitOptions> options) : IDisposable
{
    readonly PartitionedRateLimiter<string> _addresses = Limiter(options.Value.PublicCallsPerMinute);
    readonly PartitionedRateLimiter<string> _codes = Limiter(options.Value.PublicCallsOfCodePerMinute);

    public void Dispose()
    {
        _addresses.Dispose();
        _codes.Dispose();
    }

    /// <returns>Whether another call from there may be made now.</returns>
    public bool Take(HttpContext context) => Take(_addresses, ClientNetwork.Of(context.Connection.RemoteIpAddress).ToString());

    /// <returns>Whether another call with this code may be made now.</returns>
    public bool Take(Guid door) => Take(_codes, door.ToString("N"));

    static bool Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    static PartitionedRateLimiter<string> Limiter(int perMinute) =>
        PartitionedRateLimiter.Create<string, string>(key =>
            perMinute == 0
                ? RateLimitPartition.GetNoLimiter(key)
                : RateLimitPartition.GetTokenBucketLimiter(
                    key,
                    _ =>
                        new()
                        {
                            TokenLimit = perMinute,
                            TokensPerPeriod = perMinute,
                            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
                            QueueLimit = 0,
                        }
                )
        );
}
