using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Leaves;

public sealed partial class LeaveSweep
{
    [LoggerMessage(3301, LogLevel.Warning, "Leaves that began or ended could not be looked at; the next look continues.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(3302, LogLevel.Warning, "Case {Case} could not follow a leave; it is tried again.")]
    partial void LogNotFollowed(Exception exception, Guid @case);
}
