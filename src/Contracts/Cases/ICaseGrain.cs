using GridActors.Contracts.People;
using Orleans.Concurrency;

namespace GridActors.Contracts.Cases;

/// <summary>One case, from its report to its closing. The key is the case's id.</summary>
[Alias("gridactors.ICaseGrain")]
public interface ICaseGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one step. Answers when it is durable; a repeat of an operation answers as the first time. The timeout is a little longer than
    /// the journal waits for a database that is away, so that the caller hears "unavailable" instead of "outcome unknown".
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<CaseAnswer> Submit(CaseCommand command, CancellationToken cancellationToken = default);

    /// <summary>The case for the viewer's eyes.</summary>
    [ReadOnly, ResponseTimeout("00:00:05"), Alias("Get")]
    Task<CaseAnswer> Get(PersonId viewer, CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells the observer of every step from now on, until it hasn't renewed for <see cref="Live.WatchLapse"/>. Calling again renews.
    /// Answers the case as it is, so that an observer that renews learns what it missed.
    /// </summary>
    [ResponseTimeout("00:00:05"), Alias("Watch")]
    Task<CaseView?> Watch(ICaseObserver observer, CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:05"), Alias("Unwatch")]
    Task Unwatch(ICaseObserver observer, CancellationToken cancellationToken = default);
}

/// <summary>A web process that shows a case to somebody.</summary>
[Alias("gridactors.ICaseObserver")]
public interface ICaseObserver : IWatcher
{
    [Alias("Changed")]
    Task Changed(CaseView view);
}
