using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

public sealed partial class RelaySweep
{
    [LoggerMessage(3020, LogLevel.Warning, "What cases tell each other couldn't be read or recorded; trying again.")]
    partial void LogFailed(Exception e);

    [LoggerMessage(3021, LogLevel.Warning, "Case {Case} wasn't told what another one has for it; it is told again in a few seconds.")]
    partial void LogNotTold(Exception e, Guid @case);
}
