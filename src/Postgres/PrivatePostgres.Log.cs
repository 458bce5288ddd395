using Microsoft.Extensions.Logging;

namespace GridActors.Postgres;

public sealed partial class PrivatePostgres
{
    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Making a database in {Folder} with PostgreSQL {Major}")]
        internal static partial void Making(ILogger logger, string folder, int major);

        [LoggerMessage(2, LogLevel.Information, "PostgreSQL {Major} is ready in {Folder} (process {ProcessId}) after {Milliseconds} ms")]
        internal static partial void Ready(ILogger logger, int major, int processId, string folder, long milliseconds);

        [LoggerMessage(3, LogLevel.Information, "Took over the PostgreSQL that an earlier host left running in {Folder} (process {ProcessId})")]
        internal static partial void Adopted(ILogger logger, int processId, string folder);

        [LoggerMessage(4, LogLevel.Information, "PostgreSQL is still starting after {Seconds} s: {Reason}")]
        internal static partial void StillStarting(ILogger logger, int seconds, string reason);

        [LoggerMessage(5, LogLevel.Error, "PostgreSQL in {Folder} ended unexpectedly; starting it again in {Seconds} s")]
        internal static partial void Died(ILogger logger, string folder, double seconds);

        [LoggerMessage(6, LogLevel.Warning, "PostgreSQL is back (process {ProcessId}) after {Milliseconds} ms")]
        internal static partial void Restarted(ILogger logger, int processId, long milliseconds);

        [LoggerMessage(7, LogLevel.Error, "PostgreSQL is not back: {Reason}")]
        internal static partial void NotRestarted(ILogger logger, string reason);

        [LoggerMessage(8, LogLevel.Information, "PostgreSQL stopped in {Milliseconds} ms")]
        internal static partial void Stopped(ILogger logger, long milliseconds);

        [LoggerMessage(9, LogLevel.Warning, "PostgreSQL did not stop within {Seconds} s and was forced; nothing committed is lost")]
        internal static partial void Forced(ILogger logger, double seconds);
    }
}
