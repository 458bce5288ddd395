using System.Data.Common;
using Polly;
using Polly.Timeout;

namespace GridActors.Web;

/// <summary>
/// How this process calls actors. A call whose silo is lost is repeated, so that whoever asked sees no error. Everything called here may
/// therefore be called more than once: a read, a renewal, or a command, which has an operation id.
/// </summary>
static class ActorCalls
{
    /// <summary>Nearly every call is answered sooner, and no pipeline is made for it.</summary>
    static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A silo that was killed breaks no call that a web process has sent through another silo, and one that hangs breaks none at all. So an
    /// attempt that takes this long gets another one beside it, then a third, and so on. The first answer of any of them counts; the others
    /// are cancelled. An attempt that is made after the silo was declared dead goes to another one.
    /// </summary>
    static readonly TimeSpan RepeatAgainAfter = TimeSpan.FromMilliseconds(600);

    /// <summary>Six seconds, which is longer than it takes to declare a silo dead. Polly takes no more than ten.</summary>
    const int MaxRepeatsBeside = 10;

    /// <summary>Until a lost silo is declared dead, calls to its actors are rejected at once.</summary>
    static readonly TimeSpan PauseAfterRejection = TimeSpan.FromMilliseconds(200);

    /// <summary>Eight seconds, which is longer than it takes to declare a silo dead.</summary>
    const int MaxRejections = 40;

    /// <summary>As long as a step of a case may take, because the journal waits for an unavailable database.</summary>
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(12);

    /// <exception cref="TimeoutException">No attempt was answered.</exception>
    public static async Task<TAnswer> Call<TAnswer>(Func<CancellationToken, Task<TAnswer>> call, CancellationToken cancellationToken)
    {
        var first = call(cancellationToken);
        try
        {
            return await first.WaitAsync(RepeatAfter, cancellationToken);
        }
        catch (Exception e) when (IsLost(e, cancellationToken))
        {
            return await Repeat(new Attempts<TAnswer>(call, first), cancellationToken);
        }
    }

    static async Task<TAnswer> Repeat<TAnswer>(Attempts<TAnswer> attempts, CancellationToken cancellationToken)
    {
        try
        {
            return await Pipeline<TAnswer>.Instance.ExecuteAsync(
                static async (attempts, token) => await attempts.Next(token),
                attempts,
                cancellationToken
            );
        }
        catch (TimeoutRejectedException e)
        {
            throw new TimeoutException("No silo answered in time.", e);
        }
    }

    public static Task Call(Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        Call(
            async token =>
            {
                await call(token);
                return true;
            },
            cancellationToken
        );

    /// <summary>
    /// The call didn't reach its actor, or the answer didn't come back. What the database refused is no reason to repeat. A silo cancels an
    /// activation that it can't enter into the directory in time, and with it the call that waits for it.
    /// </summary>
    /// <param name="cancellationToken">The call's: when it is cancelled, the caller wants no answer.</param>
    static bool IsLost(Exception? failure, CancellationToken cancellationToken) =>
        failure switch
        {
            TimeoutException => true,
            OperationCanceledException => !cancellationToken.IsCancellationRequested,
            GatewayTooBusyException => false,
            OrleansException lost => lost.InnerException is not DbException,
            _ => false,
        };

    /// <param name="First">The first attempt, which failed or is still without an answer.</param>
    sealed record Attempts<TAnswer>(Func<CancellationToken, Task<TAnswer>> Call, Task<TAnswer> First)
    {
        /// <summary>Makes another attempt, and waits for its answer or the first one's.</summary>
        public async Task<TAnswer> Next(CancellationToken cancellationToken)
        {
            var next = Call(cancellationToken);
            var hasFirstFailed = First.IsFaulted || First.IsCanceled;
            var answered = hasFirstFailed ? next : await Task.WhenAny(First, next).WaitAsync(cancellationToken);
            return await answered.WaitAsync(cancellationToken);
        }
    }

    static class Pipeline<TAnswer>
    {
        public static ResiliencePipeline<TAnswer> Instance { get; } =
            new ResiliencePipelineBuilder<TAnswer>()
                .AddTimeout(Deadline - RepeatAfter)
                .AddHedging(
                    new()
                    {
                        Delay = RepeatAgainAfter,
                        MaxHedgedAttempts = MaxRepeatsBeside,
                        ShouldHandle = static _ => PredicateResult.False(),
                    }
                )
                .AddRetry(
                    new()
                    {
                        Delay = PauseAfterRejection,
                        MaxRetryAttempts = MaxRejections,
                        ShouldHandle = static attempt =>
                            ValueTask.FromResult(IsLost(attempt.Outcome.Exception, attempt.Context.CancellationToken)),
                    }
                )
                .Build();
    }
}
