using Microsoft.Extensions.Logging;

namespace GridActors.Grains.WorkerDays;

partial class TrackSweep
{
    [LoggerMessage(4408, LogLevel.Warning, "Positions that are kept long enough could not be deleted; it is tried again in an hour.")]
    partial void LogFailed(Exception exception);
}
