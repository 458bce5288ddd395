using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Inbox;

/// <summary>
/// Notifies the screens of many people that their inboxes changed. There are <see cref="InboxShards.Count"/> of these actors, and <see
/// cref="InboxShards.Of"/> says which one is a person's. They have no stored state, so a change that concerns no watcher needs no row and
/// no other actor.
/// </summary>
[Alias("gridactors.IInboxWatchGrain")]
public interface IInboxWatchGrain : IGrainWithIntegerKey
{
    /// <summary>Cases changed. Each watcher is notified of those that concern its person, and of no others.</summary>
    [ResponseTimeout("00:00:05"), Alias("Notify")]
    Task Notify(ImmutableArray<InboxChange> changes, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notifies the observer of the person's changes until it hasn't renewed for <see cref="Live.WatchLapse"/>. Calling again renews.
    /// </summary>
    /// <returns>The actor's epoch. If it differs from that of the last renewal, the observer may have missed changes in between.</returns>
    [ResponseTimeout("00:00:05"), Alias("Watch")]
    Task<long> Watch(PersonId person, IInboxObserver observer, CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:05"), Alias("Unwatch")]
    Task Unwatch(PersonId person, IInboxObserver observer, CancellationToken cancellationToken = default);
}

/// <summary>A case changed that concerns a person, or concerned them before the change.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.InboxChange")]
public readonly record struct InboxChange([property: Id(0)] PersonId Person, [property: Id(1)] CaseView Case);

/// <summary>A web process in which the person has a screen.</summary>
[Alias("gridactors.IInboxObserver")]
public interface IInboxObserver : IWatcher
{
    [Alias("Changed")]
    Task Changed(ImmutableArray<CaseView> cases);
}
