using System.Collections.Immutable;
using GridActors.Contracts.Cases;

namespace GridActors.Contracts.Inbox;

/// <summary>Why a case is in somebody's inbox.</summary>
public enum InboxRole : byte
{
    /// <summary>It left: closed, or no longer theirs.</summary>
    Gone = 0,

    /// <summary>Offered, and claimed by none.</summary>
    Offered = 1,

    /// <summary>Claimed by the inbox's owner.</summary>
    Mine = 2,

    /// <summary>Offered to the owner, claimed by somebody else.</summary>
    Watching = 3,

    /// <summary>Reported by the owner.</summary>
    Reported = 4,
}

/// <summary>The inbox of one person, as far as it is an actor: who is looking at it, and up to when it was read. The key is the person's. Its items are rows.</summary>
[Alias("gridactors.IInboxGrain")]
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>Cases that concern the owner changed.</summary>
    [Alias("Note")]
    Task Note(ImmutableArray<CaseView> cases, CancellationToken cancellationToken = default);

    /// <summary>Everything until now is read.</summary>
    [Alias("MarkSeen")]
    Task MarkSeen(CancellationToken cancellationToken = default);

    [Alias("SeenAt")]
    Task<DateTimeOffset> SeenAt(CancellationToken cancellationToken = default);

    /// <returns>The actor's epoch: another one than at the last renewal means that changes may have gone unsaid in between.</returns>
    [Alias("Watch")]
    Task<long> Watch(IInboxObserver observer, CancellationToken cancellationToken = default);

    [Alias("Unwatch")]
    Task Unwatch(IInboxObserver observer, CancellationToken cancellationToken = default);
}

/// <summary>A web process where the owner has a screen.</summary>
[Alias("gridactors.IInboxObserver")]
public interface IInboxObserver : IGrainObserver
{
    [Alias("Changed")]
    Task Changed(ImmutableArray<CaseView> cases);
}
