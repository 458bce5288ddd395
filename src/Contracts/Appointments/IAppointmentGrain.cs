using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Appointments;

/// <summary>One appointment with households, and its only writer. The key is its id.</summary>
[Alias("gridactors.IAppointmentGrain")]
public interface IAppointmentGrain : IGrainWithGuidKey
{
    /// <summary>
    /// Takes one command, and answers when it is durable. The repeat of an operation that was accepted changes nothing and is accepted
    /// again.
    /// </summary>
    [ResponseTimeout("00:00:12"), Alias("Submit")]
    Task<AppointmentAnswer> Submit(AppointmentCommand command, CancellationToken cancellationToken = default);

    /// <summary>The appointment in clear, for its worker and for whoever may read households where it is.</summary>
    [ResponseTimeout("00:00:12"), Alias("Get")]
    Task<AppointmentAnswer> Get(PersonId viewer, CancellationToken cancellationToken = default);

    /// <summary>Its moment has come: the worker is reminded once.</summary>
    [ResponseTimeout("00:00:12"), Alias("Remind")]
    Task<ClockAnswer> Remind(CancellationToken cancellationToken = default);
}
