using Orleans;
using Orleans.Concurrency;

namespace GridActors.Engine.Tests.Actors;

public interface ITroubleGrain : IGrainWithStringKey
{
    Task Throw(string message);

    Task<int> ThrowAtOnce(string message);

    ValueTask<int> ThrowLater(string message);

    /// <summary>Calls the other actor, which calls this one back while it waits.</summary>
    [ResponseTimeout("00:00:20")]
    Task<string> CallInACircle(string other);

    [ResponseTimeout("00:00:02")]
    Task CallBack(string first);

    Task Answer();

    /// <summary>Waits until it is canceled.</summary>
    Task Obey(CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:02")]
    Task AnswerTooLate();

    [AlwaysInterleave]
    Task<string> StillThere();
}

public sealed class TroubleGrain : Grain, ITroubleGrain
{
    private Desk Desk => Desk.At(this.GetPrimaryKeyString());

    public async Task Throw(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task<int> ThrowAtOnce(string message) => throw new ArgumentException(message);

    public async ValueTask<int> ThrowLater(string message)
    {
        await Task.Yield();
        throw new KeyNotFoundException(message);
    }

    public async Task<string> CallInACircle(string other)
    {
        try
        {
            await GrainFactory.GetGrain<ITroubleGrain>(other).CallBack(this.GetPrimaryKeyString());
            return "answered";
        }
        catch (TimeoutException exception)
        {
            return exception.Message;
        }
    }

    public Task CallBack(string first) => GrainFactory.GetGrain<ITroubleGrain>(first).Answer();

    public Task Answer() => Task.CompletedTask;

    public async Task Obey(CancellationToken cancellationToken)
    {
        Desk.Note("obeying");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Desk.Note("canceled");
            throw;
        }
    }

    public async Task AnswerTooLate()
    {
        Desk.Note("late call begins");
        await Desk.Opened;
        Desk.Note("late call ends");
    }

    public Task<string> StillThere() => Task.FromResult("yes");
}
