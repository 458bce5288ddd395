using Microsoft.Extensions.Logging;

namespace GridActors.Storage.Journal;

public sealed partial class JournalWriter
{
    [LoggerMessage(2001, LogLevel.Warning, "The journal refused a batch of {Count} with {SqlState}; writing its entries one by one.")]
    partial void LogSplit(string sqlState, int count);

    [LoggerMessage(2002, LogLevel.Error, "The connection to the journal broke with {Count} entries under way.")]
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
