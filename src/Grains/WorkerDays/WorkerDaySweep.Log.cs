using Microsoft.Extensions.Logging;

namespace GridActors.Grains.WorkerDays;

partial class WorkerDaySweep
{
    [LoggerMessage(4406, LogLevel.Warning, "The days of workers can't be looked at now; it is tried again.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(4407, LogLevel.Warning, "What follows from the records of workers could not be told yet; it is tried again.")]
    partial void LogNotTold(Exception exception);
}
