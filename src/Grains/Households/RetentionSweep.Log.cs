using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Households;

partial class RetentionSweep
{
    [LoggerMessage(3903, LogLevel.Warning, "What was kept of residents long enough can't be erased now; it is tried again.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(3904, LogLevel.Information, "Erased {Count} residents of {Pack} who moved out or died as long ago as the pack says.")]
    partial void LogErased(int count, string pack);
}
