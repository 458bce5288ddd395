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

/// <summary>
/// Up to when one person has read their inbox. The key is the person's. It is activated when its owner opens the inbox, and never because a
/// case changed: the items of an inbox are rows, and its screens are told by <see cref="IInboxWatchGrain"/>.
/// </summary>
[Alias("gridactors.IInboxGrain")]
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>Everything until now is read.</summary>
    [ResponseTimeout("00:00:05"), Alias("MarkSeen")]
    Task MarkSeen(CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:05"), Alias("SeenAt")]
    Task<DateTimeOffset> SeenAt(CancellationToken cancellationToken = default);
}
