using GridActors.Contracts.People;
using Orleans.Concurrency;

namespace GridActors.Contracts.Cases;

/// <summary>One case, from its report to its closing. The key is the case's id.</summary>
[Alias("gridactors.ICaseGrain")]
public interface ICaseGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one step, and answers when it is durable. The repeat of an operation that was accepted changes nothing and is accepted again.
    /// The timeout is a little longer than the journal waits for an unavailable database, so that the caller gets "unavailable" instead of
    /// "outcome unknown".
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<CaseAnswer> Submit(CaseCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// A moment of one of its clocks has come. The case decides what follows; a moment that it doesn't wait for any more changes nothing.
    /// </summary>
    /// <returns>The next moment of this run of the clock, and whether the case could take the step.</returns>
    [ResponseTimeout("00:00:12"), Alias("Fire")]
    Task<ClockAnswer> Fire(ClockName clock, DateTimeOffset moment, CancellationToken cancellationToken = default);

    /// <summary>The case as the viewer may see it.</summary>
    [ReadOnly, ResponseTimeout("00:00:05"), Alias("Get")]
    Task<CaseAnswer> Get(PersonId viewer, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notifies the observer of every step from now on, until it hasn't renewed for <see cref="Live.WatchLapse"/>. Calling again renews.
    /// Returns the case as it is, so that an observer that renews gets what it missed.
    /// </summary>
    [ResponseTimeout("00:00:05"), Alias("Watch")]
    Task<CaseView?> Watch(ICaseObserver observer, CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:05"), Alias("Unwatch")]
    Task Unwatch(ICaseObserver observer, CancellationToken cancellationToken = default);
}

/// <summary>A web process in which somebody watches a case.</summary>
[Alias("gridactors.ICaseObserver")]
public interface ICaseObserver : IWatcher
{
    [Alias("Changed")]
    Task Changed(CaseView view);
}
