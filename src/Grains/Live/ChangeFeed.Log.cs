using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Live;

public sealed partial class ChangeFeed
{
    [LoggerMessage(3102, LogLevel.Debug, "Inboxes were not notified of {Count} changes.")]
    partial void LogInboxesNotNotified(Exception? exception, int count);
}
