using Microsoft.Extensions.Logging;

namespace GridActors.Web.WorkerDays;

partial class DutyFeed
{
    [LoggerMessage(4404, LogLevel.Debug, "An area wasn't notified of its workers; the reconciler will.")]
    protected override partial void LogNotNotified(Exception exception);
}
