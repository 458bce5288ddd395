using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using Orleans.Concurrency;

namespace GridActors.Contracts.Households;

/// <summary>One household with its residents, and the only writer of what is known of them. The key is its id.</summary>
[Alias("gridactors.IHouseholdGrain")]
public interface IHouseholdGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one command, and answers when it is durable. The repeat of an operation that was accepted changes nothing and is accepted
    /// again.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<HouseholdAnswer> Submit(HouseholdCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// The household in clear, for somebody who may see it: who holds a post that may read households there, or is linked to it.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Get")]
    Task<HouseholdAnswer> Get(PersonId viewer, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes residents whom another household gave up. It doesn't wait for its turn: two households that give each other residents at the
    /// same time would otherwise wait for each other. The journal lets one of two steps at a time through.
    /// </summary>
    [AlwaysInterleave, ResponseTimeout("00:00:12"), Alias("Receive")]
    Task<HouseholdAnswer> Receive(ReceiveResidents command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Does what the household owes others: tells households that residents went over to them, and raises the cases of certificates that
    /// lapse. However often it is called, each is done once.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Settle")]
    Task<ClockAnswer> Settle(CancellationToken cancellationToken = default);
}
