using Microsoft.Extensions.Time.Testing;

namespace GridActors.Service.Tests.Hosting;

/// <summary>A clock that is set back and forward, while time passes as it is told to.</summary>
sealed class MovedClock() : FakeTimeProvider(DateTimeOffset.UtcNow)
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
