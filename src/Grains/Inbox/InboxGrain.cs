using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Grains.Live;

namespace GridActors.Grains.Inbox;

/// <summary>Up to when an inbox was read.</summary>
[GenerateSerializer, Alias("gridactors.InboxSeen")]
public sealed class InboxSeen
{
    [Id(0)] public DateTimeOffset At { get; set; } = DateTimeOffset.UnixEpoch;
}

/// <summary>Who is looking at one person's inbox, and how far it was read.</summary>
[GrainType("inbox")]
public sealed class InboxGrain([PersistentState("inbox-seen", GrainStorage.Name)] IPersistentState<InboxSeen> seen, TimeProvider clock) : Grain, IInboxGrain
{
    readonly Watchers<IInboxObserver> _watchers = new(clock);
    readonly long _epoch = clock.GetUtcNow().ToUnixTimeMilliseconds();

    public Task Note(ImmutableArray<CaseView> cases, CancellationToken cancellationToken)
    {
        _watchers.Tell(o => o.Changed(cases));
        return Task.CompletedTask;
    }

    public Task MarkSeen(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now <= seen.State.At) return Task.CompletedTask;
        seen.State.At = now;
        return seen.WriteStateAsync(cancellationToken);
    }

    public Task<DateTimeOffset> SeenAt(CancellationToken cancellationToken) => Task.FromResult(seen.State.At);

    public Task<long> Watch(IInboxObserver observer, CancellationToken cancellationToken)
    {
        _watchers.Add(observer);
        return Task.FromResult(_epoch);
    }

    public Task Unwatch(IInboxObserver observer, CancellationToken cancellationToken)
    {
        _watchers.Remove(observer);
        return Task.CompletedTask;
    }
}
