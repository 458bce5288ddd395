using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

public sealed partial class ReconcilerGrain
{
    [LoggerMessage(3204, LogLevel.Warning, "Area {Area} could not be checked; it is checked again.")]
    partial void LogNotChecked(Exception exception, string area);
}
