using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

abstract partial class Topic<TObserver>
{
    [LoggerMessage(4106, LogLevel.Debug, "A topic could not be renewed when its actor asked for it; the next renewal tries again.")]
    partial void LogNotRenewed(Exception exception);
}
