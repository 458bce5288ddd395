using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Reassignments;

public sealed partial class ReassignmentSweep
{
    [LoggerMessage(3921, LogLevel.Warning, "Households of changed areas can't be moved now; it is tried again.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(
        3922,
        LogLevel.Information,
        "Area {Area} of {Pack} is gone, and its {Count} households go to its successor {Successor}."
    )]
    partial void LogCarried(string area, string pack, int count, string successor);

    [LoggerMessage(3923, LogLevel.Warning, "Area {Area} of {Pack} is gone, and its {Count} households wait for a decision where they go.")]
    partial void LogUndecided(string area, string pack, int count);
}
