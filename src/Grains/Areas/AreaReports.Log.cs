using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

sealed partial class AreaReports
{
    [LoggerMessage(3205, LogLevel.Warning, "Area {Area} could not report to its parent; it tries again.")]
    partial void LogNotReported(Exception exception, string area);
}
