using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Contracts.People;
using GridActors.Grains.Live;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Inbox;

/// <summary>
/// Knows who has an inbox on a screen, for one shard of all people. It keeps that in memory only: watchers renew regularly, and a new epoch
/// shows them that they must read the inbox again.
/// </summary>
[GrainType("inbox-watch")]
public sealed class InboxWatchGrain(TimeProvider clock, ILogger<InboxWatchGrain> logger) : Grain, IInboxWatchGrain
{
    readonly Dictionary<PersonId, Watchers<IInboxObserver>> _watched = [];
    readonly long _epoch = clock.GetUtcNow().ToUnixTimeMilliseconds();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var watchers in _watched.Values)
            watchers.AskToRenew();
        return Task.CompletedTask;
    }

    public Task Notify(ImmutableArray<InboxChange> changes, CancellationToken cancellationToken)
    {
        if (_watched.Count == 0)
            return Task.CompletedTask;
        foreach (var ofPerson in changes.Where(c => _watched.ContainsKey(c.Person)).GroupBy(c => c.Person, c => c.Case))
        {
            var watchers = _watched[ofPerson.Key];
            var cases = Latest(ofPerson);
            watchers.Notify(o => o.Changed(cases));
            if (watchers.IsEmpty)
                _watched.Remove(ofPerson.Key);
        }
        return Task.CompletedTask;
    }

    public Task<long> Watch(PersonId person, IInboxObserver observer, CancellationToken cancellationToken)
    {
        if (!_watched.TryGetValue(person, out var watchers))
            _watched[person] = watchers = new(clock, logger);
        watchers.Add(observer);
        return Task.FromResult(_epoch);
    }

    public Task Unwatch(PersonId person, IInboxObserver observer, CancellationToken cancellationToken)
    {
        if (!_watched.TryGetValue(person, out var watchers))
            return Task.CompletedTask;
        watchers.Remove(observer);
        if (watchers.IsEmpty)
            _watched.Remove(person);
        return Task.CompletedTask;
    }

    /// <summary>When several steps of one case arrive together, only the last one is sent.</summary>
    static ImmutableArray<CaseView> Latest(IEnumerable<CaseView> cases) =>
        [.. cases.GroupBy(c => c.Id).Select(g => g.MaxBy(c => c.Version)!)];
}
