using Microsoft.Extensions.Logging;

namespace GridActors.Postgres;

sealed partial class ServerSupervisor
{
    static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Creating a database in {Folder} with PostgreSQL {Major}")]
        public static partial void Making(ILogger logger, string folder, int major);

        [LoggerMessage(1002, LogLevel.Information, "PostgreSQL {Major} is ready in {Folder} (process {ProcessId}) after {Milliseconds} ms")]
        public static partial void Ready(ILogger logger, int major, int processId, string folder, long milliseconds);

        [LoggerMessage(
            1003,
            LogLevel.Information,
            "Took over the PostgreSQL that an earlier host left running in {Folder} (process {ProcessId})"
        )]
        public static partial void Adopted(ILogger logger, int processId, string folder);

        [LoggerMessage(1004, LogLevel.Information, "PostgreSQL is still starting after {Seconds} s: {Reason}")]
        public static partial void StillStarting(ILogger logger, int seconds, string reason);

        [LoggerMessage(1005, LogLevel.Error, "PostgreSQL in {Folder} ended unexpectedly; starting it again in {Seconds} s")]
        public static partial void Died(ILogger logger, string folder, double seconds);

        [LoggerMessage(1006, LogLevel.Warning, "PostgreSQL is back (process {ProcessId}) after {Milliseconds} ms")]
        public static partial void Restarted(ILogger logger, int processId, long milliseconds);

        [LoggerMessage(1007, LogLevel.Error, "PostgreSQL could not be started again: {Reason}")]
        public static partial void NotRestarted(ILogger logger, string reason);

        [LoggerMessage(1008, LogLevel.Information, "PostgreSQL stopped in {Milliseconds} ms")]
        public static partial void Stopped(ILogger logger, long milliseconds);

        [LoggerMessage(1009, LogLevel.Warning, "PostgreSQL did not stop within {Seconds} s and was killed; nothing committed is lost")]
        public static partial void Forced(ILogger logger, double seconds);
    }
}
