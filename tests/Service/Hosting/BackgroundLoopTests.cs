using GridActors.Storage;
using Microsoft.Extensions.Time.Testing;

namespace GridActors.Service.Tests.Hosting;

public sealed class BackgroundLoopTests
{
    [Fact]
    public async Task Work_that_fails_is_done_again_after_the_next_period()
    {
        var clock = new FakeTimeProvider();
        using var stopping = new CancellationTokenSource();
        var (rounds, failures) = (0, new List<Exception>());
        var running = BackgroundLoop.Every(
            TimeSpan.FromSeconds(1),
            _ => ++rounds % 2 == 1 ? throw new InvalidOperationException("odd") : Task.FromException(new IOException("even")),
            failures.Add,
            clock,
            stopping.Token
        );

        for (var i = 1; i <= 4; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Eventually.Is(() => Task.FromResult(failures.Count == i));
        }

        Assert.False(running.IsCompleted);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Work_that_ends_because_it_is_cancelled_is_no_failure()
    {
        var clock = new FakeTimeProvider();
        using var stopping = new CancellationTokenSource();
        var (started, failures) = (new TaskCompletionSource(), new List<Exception>());
        var running = BackgroundLoop.Every(TimeSpan.FromSeconds(1), Wait, failures.Add, clock, stopping.Token);

        clock.Advance(TimeSpan.FromSeconds(1));
        await started.Task.WithinDeadline();
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(failures);

        Task Wait(CancellationToken cancellationToken)
        {
            started.SetResult();
            return new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
    }
}
