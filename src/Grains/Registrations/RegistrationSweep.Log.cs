using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Registrations;

partial class RegistrationSweep
{
    [LoggerMessage(4031, LogLevel.Warning, "Applications that were kept long enough can't be erased now; it is tried again.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(4032, LogLevel.Information, "Erased {Count} applications of {Pack} that were submitted as long ago as the pack says.")]
    partial void LogErased(int count, string pack);
}
