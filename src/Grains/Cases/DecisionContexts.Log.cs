using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

public sealed partial class DecisionContexts
{
    [LoggerMessage(3003, LogLevel.Warning, "Case {Case} got no register number: the database is unavailable.")]
    partial void LogNoNumber(Exception exception, Guid @case);

    [LoggerMessage(3022, LogLevel.Warning, "The case that {Case} is to be merged into or linked with couldn't be read; nothing was done.")]
    partial void LogNoOther(Exception e, Guid @case);
}
