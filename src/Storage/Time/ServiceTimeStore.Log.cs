using Microsoft.Extensions.Logging;

namespace GridActors.Storage.Time;

public sealed partial class ServiceTimeStore
{
    [LoggerMessage(2501, LogLevel.Warning, "How far the time of the demonstration has come could not be stored; trying again.")]
    partial void LogNotKept(Exception exception);
}
