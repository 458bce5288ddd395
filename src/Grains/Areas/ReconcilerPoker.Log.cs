using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

public sealed partial class ReconcilerPoker
{
    [LoggerMessage(3203, LogLevel.Warning, "The reconciler could not run; the next run continues from the same position.")]
    partial void LogMissed(Exception exception);
}
