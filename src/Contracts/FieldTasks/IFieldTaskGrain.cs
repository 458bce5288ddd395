using GridActors.Contracts.Cases;
using Orleans.Concurrency;

namespace GridActors.Contracts.FieldTasks;

/// <summary>One task that was sent, and the only writer of it and all its to-dos. The key is its id.</summary>
[Alias("gridactors.IFieldTaskGrain")]
public interface IFieldTaskGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one command, and answers when it is durable. The repeat of an operation that was accepted changes nothing and is accepted
    /// again.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<FieldTaskAnswer> Submit(FieldTaskCommand command, CancellationToken cancellationToken = default);

    /// <summary>Reminds, and notes that the time is over, when the moment has come.</summary>
    [ResponseTimeout("00:00:12"), Alias("Settle")]
    Task<ClockAnswer> Settle(CancellationToken cancellationToken = default);

    /// <summary>The task as it is, whoever asks.</summary>
    [ReadOnly, ResponseTimeout("00:00:12"), Alias("Get")]
    Task<FieldTaskView?> Get(CancellationToken cancellationToken = default);
}
