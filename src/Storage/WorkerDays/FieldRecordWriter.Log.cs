using Microsoft.Extensions.Logging;

namespace GridActors.Storage.WorkerDays;

public sealed partial class FieldRecordWriter
{
    [LoggerMessage(
        4400,
        LogLevel.Warning,
        "PostgreSQL refused the records of {Count} requests of workers with {SqlState}; writing them one by one."
    )]
    partial void LogSplit(string sqlState, int count);

    [LoggerMessage(4401, LogLevel.Error, "The connection broke while the records of {Count} requests of workers were being written.")]
    partial void LogConnectionLost(Exception exception, int count);

    [LoggerMessage(4402, LogLevel.Error, "A record of a worker could not be stored: {SqlState}.")]
    partial void LogRefused(string sqlState);

    [LoggerMessage(4403, LogLevel.Error, "The records of {Count} requests of workers could not be stored.")]
    partial void LogFailed(Exception exception, int count);
}
