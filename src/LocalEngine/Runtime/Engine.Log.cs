using Microsoft.Extensions.Logging;

namespace GridActors.LocalEngine.Runtime;

internal sealed partial class Engine
{
    [LoggerMessage(11, LogLevel.Information, "Stopping: {Count} actors are deactivated")]
    private partial void LogStopping(int count);

    [LoggerMessage(12, LogLevel.Warning, "Stopped before {Count} actors were deactivated")]
    private partial void LogNotStopped(int count);

    [LoggerMessage(13, LogLevel.Warning, "A call of {Method} on {Target} timed out. {State}")]
    private partial void LogTimeout(string method, string target, string state);
}
