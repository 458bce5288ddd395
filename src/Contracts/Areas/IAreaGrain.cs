using System.Collections.Immutable;

namespace GridActors.Contracts.Areas;

/// <summary>
/// One node of the tree: a grid, or any community above it. It counts its own cases, keeps each child's last absolute figures, tells its
/// parent, and shows its board to those who watch. The key is <see cref="AreaId.Key"/>.
/// </summary>
[Alias("gridactors.IAreaGrain")]
public interface IAreaGrain : IGrainWithStringKey
{
    /// <summary>Steps of this area's own cases. Repeats and reorderings change nothing.</summary>
    [Alias("Note")]
    Task Note(ImmutableArray<CaseNote> notes, CancellationToken cancellationToken = default);

    /// <summary>A child's figures. A parent that doesn't answer soon holds nobody up: the child says it again.</summary>
    [ResponseTimeout("00:00:05"), Alias("Report")]
    Task Report(AreaReport report, CancellationToken cancellationToken = default);

    /// <summary>Durable versions that this area should have counted; where it has not, it counts again.</summary>
    [Alias("Reconcile")]
    Task Reconcile(ImmutableArray<CaseMark> marks, CancellationToken cancellationToken = default);

    [Alias("Get")]
    Task<Board> Get(CancellationToken cancellationToken = default);

    /// <summary>Answers the board, and sends frames that continue it until the observer hasn't renewed for <see cref="Live.WatchLapse"/>.</summary>
    [Alias("Watch")]
    Task<Board> Watch(IBoardObserver observer, CancellationToken cancellationToken = default);

    [Alias("Unwatch")]
    Task Unwatch(IBoardObserver observer, CancellationToken cancellationToken = default);
}

/// <summary>A web process that shows a board to somebody.</summary>
[Alias("gridactors.IBoardObserver")]
public interface IBoardObserver : IGrainObserver
{
    [Alias("Changed")]
    Task Changed(BoardFrame frame);
}

/// <summary>
/// Compares what the journal holds with what the areas were told, a few seconds behind. There is one, with the key <see cref="Key"/>; every
/// silo pokes it, and most pokes do nothing.
/// </summary>
[Alias("gridactors.IReconcilerGrain")]
public interface IReconcilerGrain : IGrainWithStringKey
{
    const string Key = "journal";

    [Alias("Poke")]
    Task Poke(CancellationToken cancellationToken = default);
}
