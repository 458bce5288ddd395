using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Appointments;

partial class AppointmentSweep
{
    [LoggerMessage(4451, LogLevel.Warning, "Appointments that were kept long enough can't be erased now; it is tried again.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(4452, LogLevel.Information, "Erased {Count} appointments of {Pack} that are as old as the pack says.")]
    partial void LogErased(int count, string pack);
}
