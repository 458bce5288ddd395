using Microsoft.Extensions.Logging;

namespace GridActors.Storage.Access;

public sealed partial class AccessJournal
{
    [LoggerMessage(2301, LogLevel.Warning, "Entries of the access journal could not be written; trying again.")]
    partial void LogNotWritten(Exception exception);

    [LoggerMessage(2302, LogLevel.Error, "{Entries} entries of the access journal were dropped.")]
    partial void LogDropped(int entries);
}
