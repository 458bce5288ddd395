using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

public sealed partial class ClockSweep
{
    [LoggerMessage(3010, LogLevel.Warning, "The clocks of cases couldn't be read or recorded; trying again.")]
    partial void LogFailed(Exception e);

    [LoggerMessage(3011, LogLevel.Warning, "A clock of case {Case} wasn't fired; it is fired again in a few seconds.")]
    partial void LogNotFired(Exception e, Guid @case);
}
