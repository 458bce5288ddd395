using GridActors.Web;

namespace GridActors.Service.Tests.Hosting;

/// <summary>How a process repeats calls of actors whose silo is lost.</summary>
public sealed class ActorCallsTests
{
    [Fact]
    public async Task Call_that_is_answered_is_made_once()
    {
        var calls = 0;

        Assert.Equal(1, await ActorCalls.Call(_ => Task.FromResult(++calls), CancellationToken.None));
    }

    [Fact]
    public async Task Call_that_hangs_is_made_again_and_the_first_answer_counts()
    {
        var calls = 0;

        var answer = await ActorCalls.Call(
            _ => ++calls == 1 ? new TaskCompletionSource<int>().Task : Task.FromResult(calls),
            CancellationToken.None
        );

        Assert.Equal(2, answer);
    }

    [Fact]
    public async Task Slow_first_call_may_still_answer_while_others_hang()
    {
        var first = new TaskCompletionSource<string>();
        var calls = 0;

        var answer = await ActorCalls.Call(
            _ =>
            {
                if (++calls == 2)
                    first.SetResult("the first");
                return calls == 1 ? first.Task : new TaskCompletionSource<string>().Task;
            },
            CancellationToken.None
        );

        Assert.Equal("the first", answer);
    }

    [Fact]
    public async Task Call_that_a_silo_cancels_is_made_again_and_one_that_the_caller_cancels_is_not()
    {
        var calls = 0;
        Task<int> Cancelled() => Task.FromCanceled<int>(new(canceled: true));

        Assert.Equal(4, await ActorCalls.Call(_ => ++calls < 4 ? Cancelled() : Task.FromResult(calls), CancellationToken.None));
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();
        calls = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ActorCalls.Call(
                _ =>
                {
                    calls++;
                    return Cancelled();
                },
                caller.Token
            )
        );
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task Call_that_is_lost_is_made_again()
    {
        var calls = 0;

        var answer = await ActorCalls.Call(
            _ => ++calls < 3 ? Task.FromException<int>(new TimeoutException()) : Task.FromResult(calls),
            CancellationToken.None
        );

        Assert.Equal(3, answer);
    }

    [Fact]
    public async Task Failure_of_the_actor_itself_is_the_answer()
    {
        var calls = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ActorCalls.Call<int>(
                _ =>
                {
                    calls++;
                    throw new InvalidOperationException();
                },
                CancellationToken.None
            )
        );

        Assert.Equal(1, calls);
    }
}
