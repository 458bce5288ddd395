using Microsoft.Extensions.Logging;

namespace GridActors.Grains.FieldTasks;

partial class TaskFeed
{
    [LoggerMessage(4422, LogLevel.Warning, "An area couldn't be told of its tasks; the reconciler will.")]
    protected override partial void LogNotNotified(Exception exception);
}
