using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Places;

/// <summary>One building, unit, dwelling, key place or organisation, and its only writer. The key is its id.</summary>
[Alias("gridactors.IPlaceGrain")]
public interface IPlaceGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one command, and answers when it is durable. The repeat of an operation that was accepted changes nothing and is accepted
    /// again.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<PlaceAnswer> Submit(PlaceCommand command, CancellationToken cancellationToken = default);

    /// <summary>The place, if there is one and the viewer may see it.</summary>
    [ResponseTimeout("00:00:12"), Alias("Get")]
    Task<PlaceAnswer> Get(PersonId viewer, CancellationToken cancellationToken = default);

    /// <summary>Tells what belongs to the place to follow it. However often it is called, each follows once.</summary>
    [ResponseTimeout("00:00:12"), Alias("Settle")]
    Task<ClockAnswer> Settle(CancellationToken cancellationToken = default);
}
