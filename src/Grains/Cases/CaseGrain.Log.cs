using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

public sealed partial class CaseGrain
{
    [LoggerMessage(
        3001,
        LogLevel.Warning,
        "Case {Case} was not stored: in every attempt another activation had written to its journal first."
    )]
    partial void LogContested(Guid @case);

    [LoggerMessage(
        3002,
        LogLevel.Warning,
        "The journal is unavailable, so the command for case {Case} was not confirmed. Outcome unknown: {OutcomeUnknown}."
    )]
    partial void LogUnavailable(Guid @case, bool outcomeUnknown);
}
