using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

public sealed partial class ReconcilerPoker
{
    [LoggerMessage(3203, LogLevel.Warning, "The reconciler could not run; it goes on from where it was.")]
    partial void LogMissed(Exception exception);
}
