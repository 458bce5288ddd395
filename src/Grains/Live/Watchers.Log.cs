using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Live;

sealed partial class Watchers<TObserver>
{
    [LoggerMessage(3103, LogLevel.Debug, "A watcher could not be notified and is forgotten; it renews if it is alive.")]
    partial void LogForgotten(Exception exception);
}
