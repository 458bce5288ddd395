using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using GridActors.Storage.Accounts;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Sessions;

/// <summary>
/// How often passwords may be wrong from one address. An account locks after a few failures, but somebody who guesses once at each of six
/// thousand accounts locks none of them. Only failures count, because a whole government office can stand behind one address.
/// </summary>
public sealed class AddressLimit(AccountOptions options) : IDisposable
{
    readonly PartitionedRateLimiter<HttpContext> _failures = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
        RateLimitPartition.GetTokenBucketLimiter(
            Of(context),
            _ =>
                new()
                {
                    TokenLimit = options.FailuresAllowedPerAddress,
                    TokensPerPeriod = Math.Max(1, options.FailuresAllowedPerAddress / 10),
                    ReplenishmentPeriod = RetryAfter,
                    QueueLimit = 0,
                }
        )
    );

    public static TimeSpan RetryAfter { get; } = TimeSpan.FromMinutes(1);

    public bool IsReached(HttpContext context) => _failures.GetStatistics(context) is { CurrentAvailablePermits: 0 };

    public void Failed(HttpContext context) => _failures.AttemptAcquire(context).Dispose();

    public void Dispose() => _failures.Dispose();

    /// <summary>The address; for IPv6 the /64 network, because one subscriber has all of it.</summary>
    static IPAddress Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}
