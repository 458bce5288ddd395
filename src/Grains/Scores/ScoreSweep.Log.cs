using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Scores;

partial class ScoreSweep
{
    [LoggerMessage(4460, LogLevel.Warning, "The months of scores can't be looked at now; it is tried again.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(4461, LogLevel.Warning, "A score could not be settled yet; it is tried again.")]
    partial void LogNotSettled(Exception exception);
}
