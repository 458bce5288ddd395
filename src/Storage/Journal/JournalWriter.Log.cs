using Microsoft.Extensions.Logging;

namespace GridActors.Storage.Journal;

public sealed partial class JournalWriter
{
    [LoggerMessage(
        2001,
        LogLevel.Warning,
        "PostgreSQL refused a batch of {Count} journal entries with {SqlState}; writing them one by one."
    )]
    partial void LogSplit(string sqlState, int count);

    [LoggerMessage(2002, LogLevel.Error, "The connection to the journal broke while {Count} entries were being written.")]
    partial void LogConnectionLost(Exception exception, int count);

    [LoggerMessage(
        2003,
        LogLevel.Information,
        "The journal answers again: {Durable} entries under way had become durable, {Missing} are written now."
    )]
    partial void LogRecovered(int durable, int missing);

    [LoggerMessage(2004, LogLevel.Error, "{Count} journal entries could not be stored.")]
    partial void LogFailed(Exception exception, int count);
}
