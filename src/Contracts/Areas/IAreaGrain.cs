using System.Collections.Immutable;
using Orleans.Concurrency;

namespace GridActors.Contracts.Areas;

/// <summary>
/// One node of the tree: a grid, or any community above it. It counts its own cases, keeps each child's last absolute figures, reports to
/// its parent, and publishes its board to its watchers. The key is <see cref="AreaId.Key"/>.
/// </summary>
[Alias("gridactors.IAreaGrain")]
public interface IAreaGrain : IGrainWithStringKey
{
    /// <summary>
    /// A step of one of this area's own cases. Repeats and reorderings change nothing. The sender doesn't wait for an answer: the
    /// reconciler finds what got lost.
    /// </summary>
    [OneWay, Alias("Note")]
    Task Notify(CaseNote note);

    /// <summary>Takes a child's figures. If the parent doesn't answer, the child reports again.</summary>
    [ResponseTimeout("00:00:05"), Alias("Report")]
    Task Report(AreaReport report, CancellationToken cancellationToken = default);

    /// <summary>Checks durable versions of cases. If the area hasn't counted one of them, it counts all its cases again.</summary>
    [ResponseTimeout("00:00:05"), Alias("Reconcile")]
    Task Reconcile(ImmutableArray<CaseMark> marks, CancellationToken cancellationToken = default);

    /// <summary>
    /// Households of this area have changed, or its workers did something: the area counts both with SQL, at once after a quiet moment and
    /// otherwise a few times a minute, so that an import of thousands costs a few counts.
    /// </summary>
    /// <param name="recheck">The areas above must report too, even if the figures are the same.</param>
    [ResponseTimeout("00:00:05"), Alias("HouseholdsChanged")]
    Task HouseholdsChanged(bool recheck, CancellationToken cancellationToken = default);

    /// <summary>Workers of this area did something: as <see cref="HouseholdsChanged"/>.</summary>
    [ResponseTimeout("00:00:05"), Alias("DutyChanged")]
    Task DutyChanged(bool recheck, CancellationToken cancellationToken = default);

    /// <summary>The to-dos of this area have changed: as <see cref="HouseholdsChanged"/>.</summary>
    [ResponseTimeout("00:00:05"), Alias("TasksChanged")]
    Task TasksChanged(bool recheck, CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:05"), Alias("Get")]
    Task<Board> Get(CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns the board and then sends frames that continue it, until the observer hasn't renewed for <see cref="Live.WatchLapse"/>.
    /// </summary>
    [ResponseTimeout("00:00:05"), Alias("Watch")]
    Task<Board> Watch(IBoardObserver observer, CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:05"), Alias("Unwatch")]
    Task Unwatch(IBoardObserver observer, CancellationToken cancellationToken = default);
}

/// <summary>A web process in which somebody watches a board.</summary>
[Alias("gridactors.IBoardObserver")]
public interface IBoardObserver : IWatcher
{
    [Alias("Changed")]
    Task Changed(BoardFrame frame);
}

/// <summary>
/// Checks, a few seconds behind the end of the journal, whether the areas have counted every step. A cluster has one, with
/// its id as the key: two clusters on one database have boards of their own. Every silo calls it every two seconds; a call that comes too
/// soon after another one does nothing.
/// </summary>
[Alias("gridactors.IReconcilerGrain")]
public interface IReconcilerGrain : IGrainWithStringKey
{
    [Alias("Poke")]
    Task Poke(CancellationToken cancellationToken = default);
}
