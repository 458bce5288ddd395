using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

public sealed partial class CaseGrain
{
    [LoggerMessage(3001, LogLevel.Warning, "Case {Case} lost the race for its own stream again and again.")]
    partial void LogContested(Guid @case);

    [LoggerMessage(3003, LogLevel.Warning, "No register number could be had for case {Case}: the database is away.")]
    partial void LogNoNumber(Exception exception, Guid @case);

    [LoggerMessage(3002, LogLevel.Warning, "The journal is away; case {Case}, outcome unknown: {OutcomeUnknown}.")]
    partial void LogUnavailable(Guid @case, bool outcomeUnknown);
}
