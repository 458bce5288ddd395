using GridActors.Contracts.People;

namespace GridActors.Contracts.Inbox;

/// <summary>Says which <see cref="IInboxWatchGrain"/> notifies a person.</summary>
public static class InboxShards
{
    /// <summary>
    /// Few, so that the changes of many people travel in one call; more than one, so that the work spreads over the silos.
    /// </summary>
    public const int Count = 16;

    /// <summary>The hash is the same in every process, because all must agree.</summary>
    public static int Of(PersonId person) => (int)(StableHash.ComputeHash(person.Key) % Count);
}
