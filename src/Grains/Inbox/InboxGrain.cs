using GridActors.Contracts.Inbox;
using GridActors.Storage.Time;

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
public sealed class InboxGrain([PersistentState("inbox-seen", GrainStorage.Name)] IPersistentState<InboxSeen> seen, ServiceTime clock)
    : Grain,
        IInboxGrain
{
    /// <summary>How far the clocks of two silos may be apart without one of them having been set back.</summary>
    static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    public Task MarkSeen(CancellationToken cancellationToken) => Keep(clock.GetUtcNow(), cancellationToken);

    public async Task<DateTimeOffset> SeenAt(CancellationToken cancellationToken)
    {
        // After the clock was set back, changes have times before that of the reading, and nothing would be unread until the clock had
        // caught up. When it was set back isn't known, so all counts as unread once: nothing new is taken for read.
        if (seen.State.At > clock.GetUtcNow() + ClocksDiffer)
            await Keep(DateTimeOffset.UnixEpoch, cancellationToken);
        return seen.State.At;
    }

    Task Keep(DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (seen.State.At == at)
            return Task.CompletedTask;
        seen.State.At = at;
        return seen.WriteStateAsync(cancellationToken);
    }
}
