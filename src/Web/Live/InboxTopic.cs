using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

/// <summary>The inbox of one person, on all their screens.</summary>
sealed class InboxTopic(PersonId owner, IGrainFactory grains, IPacks packs, ILogger logger)
    : Topic<IInboxObserver>(grains, logger),
        IInboxObserver
{
    long _epoch;

    public override object Key => owner;

    IInboxWatchGrain Actor => Grains.GetGrain<IInboxWatchGrain>(InboxShards.Of(owner));

    public Task Changed(ImmutableArray<CaseView> cases)
    {
        if (packs.Current.Pack(owner.Pack) is not { } pack)
            return Task.CompletedTask;
        foreach (var view in cases)
        {
            var reads = packs.Current.Over(owner, view.Area).Has(Permission.Read);
            var json = InboxChangedJson.Of(view, owner, CaseAccess.MaySee(view, owner, reads), pack);
            foreach (var connection in Connections)
                connection.Post(json);
        }
        return Task.CompletedTask;
    }

    protected override async Task Watch(IInboxObserver reference)
    {
        var epoch = await Actor.Watch(owner, reference);
        var known = Interlocked.Exchange(ref _epoch, epoch);
        if (known == 0 || known == epoch)
            return;
        // The actor was another activation meanwhile, which knew nobody who watches: changes may have been missed.
        foreach (var connection in Connections)
            connection.PostInboxMissed();
    }

    protected override Task Unwatch(IInboxObserver reference) => Actor.Unwatch(owner, reference);
}
