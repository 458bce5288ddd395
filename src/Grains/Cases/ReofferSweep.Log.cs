using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

public sealed partial class ReofferSweep
{
    [LoggerMessage(3004, LogLevel.Information, "Pack {Pack} or its shift has changed: {Count} cases are offered to other people now.")]
    partial void LogStarted(string pack, int count);

    [LoggerMessage(3012, LogLevel.Information, "The calendar of pack {Pack} has changed: the clocks of {Count} cases are planned again.")]
    partial void LogReplans(string pack, int count);

    [LoggerMessage(3005, LogLevel.Information, "Pack {Pack}: {Done} of {Count} cases follow it now.")]
    partial void LogProgress(string pack, int done, int count);

    [LoggerMessage(3006, LogLevel.Information, "All cases of pack {Pack} follow it.")]
    partial void LogFollowed(string pack);

    [LoggerMessage(3007, LogLevel.Warning, "Pack {Pack}: {Count} cases could not follow it; they are tried again.")]
    partial void LogRefused(string pack, int count);

    [LoggerMessage(3008, LogLevel.Warning, "Case {Case} could not follow its changed pack; it is tried again.")]
    partial void LogNotFollowed(Exception exception, Guid @case);

    [LoggerMessage(3009, LogLevel.Warning, "The cases of a changed pack could not be looked at; the next look continues.")]
    partial void LogFailed(Exception exception);
}
