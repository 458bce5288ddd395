using GridActors.Contracts.People;

namespace GridActors.Contracts.Inbox;

/// <summary>Which <see cref="IInboxWatchGrain"/> is a person's.</summary>
public static class InboxShards
{
    /// <summary>
    /// Few, so that the changes of many people travel in one call; more than one, so that the work spreads over the silos.
    /// </summary>
    public const int Count = 16;

    /// <summary>All processes must agree, so the hash is one that gives the same in each of them.</summary>
    public static int Of(PersonId person) => (int)(StableHash.ComputeHash(person.Key) % Count);
}
