using GridActors.Contracts.Inbox;

namespace GridActors.Grains.Inbox;

/// <summary>Until when an inbox was read.</summary>
[GenerateSerializer, Alias("gridactors.InboxSeen")]
public sealed class InboxSeen
{
    [Id(0)]
    public DateTimeOffset At { get; set; } = DateTimeOffset.UnixEpoch;
}

/// <summary>Remembers until when its owner has read the inbox.</summary>
[GrainType("inbox")]
public sealed class InboxGrain([PersistentState("inbox-seen", GrainStorage.Name)] IPersistentState<InboxSeen> seen, TimeProvider clock)
    : Grain,
        IInboxGrain
{
    public Task MarkSeen(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now <= seen.State.At)
            return Task.CompletedTask;
        seen.State.At = now;
        return seen.WriteStateAsync(cancellationToken);
    }

    public Task<DateTimeOffset> SeenAt(CancellationToken cancellationToken) => Task.FromResult(seen.State.At);
}
