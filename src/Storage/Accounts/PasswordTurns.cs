using System.Threading.RateLimiting;

namespace GridActors.Storage.Accounts;

/// <summary>Whose password is checked next, and how often one address may be wrong.</summary>
public sealed class PasswordTurns : IDisposable
{
    const int MaxWaiting = 512;

    readonly PartitionedRateLimiter<string> _checksOfAddress;
    readonly PartitionedRateLimiter<string> _allChecks;
    readonly PartitionedRateLimiter<string> _checks;
    readonly PartitionedRateLimiter<string> _failures;

    public PasswordTurns(AccountOptions options)
    {
        // Of those who wait for one address, only as many as may be checked at once stand in everybody's queue.
        _checksOfAddress = Concurrency(address => address, options.MaxConcurrentChecksPerAddress, MaxWaiting);
        _allChecks = Concurrency(_ => "", options.MaxConcurrentChecks, MaxWaiting);
        _checks = PartitionedRateLimiter.CreateChained(_checksOfAddress, _allChecks);
        // Only failures count, because a whole government office can stand behind one address.
        _failures = PartitionedRateLimiter.Create<string, string>(address =>
            RateLimitPartition.GetTokenBucketLimiter(
                address,
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
    }

    public static TimeSpan RetryAfter { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Waits until a password from the address may be checked. The lease isn't acquired when too many wait already.</summary>
    internal ValueTask<RateLimitLease> Take(string address, CancellationToken cancellationToken) =>
        _checks.AcquireAsync(address, cancellationToken: cancellationToken);

    internal bool IsLimited(string address) => _failures.GetStatistics(address) is { CurrentAvailablePermits: 0 };

    internal void Failed(string address) => _failures.AttemptAcquire(address).Dispose();

    public void Dispose()
    {
        _checks.Dispose();
        // The chain doesn't end its parts, each of which has a timer.
        _checksOfAddress.Dispose();
        _allChecks.Dispose();
        _failures.Dispose();
    }

    static PartitionedRateLimiter<string> Concurrency(Func<string, string> key, int permits, int waiting) =>
        PartitionedRateLimiter.Create<string, string>(address =>
            RateLimitPartition.GetConcurrencyLimiter(key(address), _ => new() { PermitLimit = permits, QueueLimit = waiting })
        );
}
