using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Appointments;

partial class AppointmentGrain
{
    [LoggerMessage(4450, LogLevel.Warning, "A step of the appointment {Appointment} isn't durable: {Code}.")]
    partial void LogNotStored(Guid appointment, string code);
}
