namespace GridActors.Contracts.Inbox;

/// <summary>Why a case is in somebody's inbox.</summary>
public enum InboxRole : byte
{
    /// <summary>The case left the inbox: it was closed, or doesn't concern the person any more.</summary>
    Gone = 0,

    /// <summary>Offered, and claimed by none.</summary>
    Offered = 1,

    /// <summary>Claimed by the inbox's owner.</summary>
    Mine = 2,

    /// <summary>Offered to the owner, claimed by somebody else.</summary>
    Watching = 3,

    /// <summary>Reported by the owner.</summary>
    Reported = 4,

    /// <summary>The owner is asked for a pause or a later due time.</summary>
    Deciding = 5,

    /// <summary>The owner owes the opinion of a party of a consultation.</summary>
    Consulted = 6,

    /// <summary>The owner has a task that isn't finished.</summary>
    Tasked = 7,
}

/// <summary>
/// Remembers until when one person has read their inbox. The key is the person's. It is activated when its owner opens the inbox, and never
/// because a case changed: the items of an inbox are rows, and <see cref="IInboxWatchGrain"/> notifies its screens.
/// </summary>
[Alias("gridactors.IInboxGrain")]
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>Marks everything until now as read.</summary>
    [ResponseTimeout("00:00:05"), Alias("MarkSeen")]
    Task MarkSeen(CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:05"), Alias("SeenAt")]
    Task<DateTimeOffset> SeenAt(CancellationToken cancellationToken = default);
}
