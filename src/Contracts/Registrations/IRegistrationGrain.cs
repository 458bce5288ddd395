using GridActors.Contracts.People;

namespace GridActors.Contracts.Registrations;

/// <summary>One application of a resident to register their household, and its only writer. The key is its id.</summary>
[Alias("gridactors.IRegistrationGrain")]
public interface IRegistrationGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one command, and answers when it is durable. The repeat of an operation that was accepted changes nothing and is accepted
    /// again.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<RegistrationAnswer> Submit(RegistrationCommand command, CancellationToken cancellationToken = default);

    /// <summary>The application in clear, for somebody who may edit households where it is.</summary>
    [ResponseTimeout("00:00:12"), Alias("Get")]
    Task<RegistrationAnswer> Get(PersonId viewer, CancellationToken cancellationToken = default);
}
