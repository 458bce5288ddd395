using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Consultations;

/// <summary>
/// One consultation about a case: the opinions of its parties, and its decision. The key is its id. It begins with the event of its case
/// that calls it, and tells the case what was said and decided.
/// </summary>
[Alias("gridactors.IConsultationGrain")]
public interface IConsultationGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one step, and answers when it is durable. The repeat of an operation that was accepted changes nothing and is accepted again.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<ConsultationAnswer> Submit(ConsultationCommand command, CancellationToken cancellationToken = default);

    /// <summary>The consultation as the viewer may see it.</summary>
    [ResponseTimeout("00:00:12"), Alias("Get")]
    Task<ConsultationAnswer> Get(PersonId viewer, CancellationToken cancellationToken = default);

    /// <summary>Tells its case what the case doesn't know yet. However often it is called, the case takes each step once.</summary>
    /// <returns>Whether the case knows everything now.</returns>
    [ResponseTimeout("00:00:12"), Alias("TellCase")]
    Task<ClockAnswer> TellCase(CancellationToken cancellationToken = default);
}
