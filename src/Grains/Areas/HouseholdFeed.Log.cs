using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

public sealed partial class HouseholdFeed
{
    [LoggerMessage(4310, LogLevel.Debug, "Areas were not notified that their households changed; the reconciler finds them.")]
    protected override partial void LogNotNotified(Exception exception);
}
