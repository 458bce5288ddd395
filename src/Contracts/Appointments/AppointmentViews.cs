using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Appointments;

public enum AppointmentStatus : byte
{
    /// <summary>Somebody else asks the worker for it.</summary>
    Asked = 0,

    /// <summary>The worker will come.</summary>
    Agreed = 1,

    /// <summary>The visit was made.</summary>
    Done = 2,

    /// <summary>The visit wasn't made: nobody was there, or the worker couldn't come.</summary>
    Missed = 3,
    Cancelled = 4,

    /// <summary>It was kept as long as the pack says, and what somebody wrote in it is destroyed.</summary>
    Erased = 5,
}

/// <summary>How far the service for one household is (代办).</summary>
public enum ServiceStage : byte
{
    /// <summary>The household asked for it.</summary>
    Asked = 0,

    /// <summary>The worker has its materials (收件).</summary>
    Collected = 1,

    /// <summary>The hall has checked them and taken them on (审核).</summary>
    Checked = 2,

    /// <summary>The result was brought to the household (送达).</summary>
    Delivered = 3,

    /// <summary>It isn't done, for a reason.</summary>
    Dropped = 4,
}

/// <summary>One of the households that an appointment is with.</summary>
/// <param name="Stage">Of an appointment without a service always <see cref="ServiceStage.Asked"/>.</param>
/// <param name="At">When its stage was reached.</param>
[GenerateSerializer, Immutable, Alias("gridactors.AppointmentHousehold")]
public readonly record struct AppointmentHousehold(
    [property: Id(0)] Guid Household,
    [property: Id(1)] ServiceStage Stage,
    [property: Id(2)] DateTimeOffset At
);

/// <summary>
/// A visit that was agreed with one or several households (预约). What somebody wrote is in clear: see where it is answered.
/// </summary>
/// <param name="Worker">Who comes.</param>
/// <param name="Purpose">Of the pack's purposes of visits; null where a service says it.</param>
/// <param name="Service">Of the pack's services for residents; null for a visit alone.</param>
/// <param name="Materials">What the households have ready.</param>
/// <param name="Visit">The visit that kept it.</param>
/// <param name="Reason">Why it was moved, missed or cancelled.</param>
/// <param name="RemindedAt">When the worker was reminded of the time that it has now.</param>
/// <param name="Version">The number of its events.</param>
[GenerateSerializer, Immutable, Alias("gridactors.AppointmentView")]
public sealed record AppointmentView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AreaId Area,
    [property: Id(2)] AppointmentStatus Status,
    [property: Id(3)] PersonId Worker,
    [property: Id(4)] PersonId BookedBy,
    [property: Id(5)] ImmutableArray<AppointmentHousehold> Households,
    [property: Id(6)] string? Purpose,
    [property: Id(7)] string? Service,
    [property: Id(8)] DateTimeOffset From,
    [property: Id(9)] DateTimeOffset Until,
    [property: Id(10)] string Materials,
    [property: Id(11)] string Note,
    [property: Id(12)] string Reason,
    [property: Id(13)] Guid? Visit,
    [property: Id(14)] DateTimeOffset? RemindedAt,
    [property: Id(15)] int Version,
    [property: Id(16)] DateTimeOffset BookedAt,
    [property: Id(17)] DateTimeOffset UpdatedAt,
    [property: Id(18)] PersonId UpdatedBy
)
{
    /// <summary>It is still to come.</summary>
    public bool IsOpen => Status is AppointmentStatus.Asked or AppointmentStatus.Agreed;

    /// <summary>A service that isn't brought to its end, for one of the households at least.</summary>
    public bool IsServiceOpen =>
        Service is not null
        && Status is AppointmentStatus.Asked or AppointmentStatus.Agreed or AppointmentStatus.Done
        && Households.Any(h => h.Stage is not (ServiceStage.Delivered or ServiceStage.Dropped));
}

/// <param name="Rejection">A code of <see cref="AppointmentRejections"/> or of cases when the command was refused, else null.</param>
/// <param name="Appointment">Null when there is none, or the caller may not see it.</param>
[GenerateSerializer, Immutable, Alias("gridactors.AppointmentAnswer")]
public sealed record AppointmentAnswer([property: Id(0)] string? Rejection, [property: Id(1)] AppointmentView? Appointment);
