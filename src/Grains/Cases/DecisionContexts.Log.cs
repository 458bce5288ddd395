using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

public sealed partial class DecisionContexts
{
    [LoggerMessage(3003, LogLevel.Warning, "Case {Case} got no register number: the database is unavailable.")]
    partial void LogNoNumber(Exception exception, Guid @case);

    [LoggerMessage(3022, LogLevel.Warning, "The case that {Case} is to be merged into couldn't be read; nothing was merged.")]
    partial void LogNoMain(Exception e, Guid @case);
}
