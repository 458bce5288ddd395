using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

public sealed partial class DecisionContexts
{
    [LoggerMessage(3003, LogLevel.Warning, "Case {Case} got no register number: the database is unavailable.")]
    partial void LogNoNumber(Exception exception, Guid @case);
}
