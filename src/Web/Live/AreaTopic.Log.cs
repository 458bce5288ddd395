using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

sealed partial class AreaTopic
{
    [LoggerMessage(4105, LogLevel.Debug, "A board that missed a frame could not be read again; the next renewal reads it.")]
    static partial void LogNotCaughtUp(ILogger logger, Exception exception);
}
