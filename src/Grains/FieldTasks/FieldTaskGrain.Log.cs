using Microsoft.Extensions.Logging;

namespace GridActors.Grains.FieldTasks;

partial class FieldTaskGrain
{
    [LoggerMessage(4420, LogLevel.Warning, "A step of the task {FieldTask} isn't durable: {Code}.")]
    partial void LogNotStored(Guid fieldTask, string code);
}
