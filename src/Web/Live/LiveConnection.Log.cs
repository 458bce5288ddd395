using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

sealed partial class LiveConnection
{
    [LoggerMessage(4104, LogLevel.Debug, "A browser could not be sent a message; its connection is ended.")]
    partial void LogNotSent(Exception exception);
}
