using Microsoft.Extensions.Logging;

namespace GridActors.Grains.FieldTasks;

partial class TaskScheduleGrain
{
    [LoggerMessage(4421, LogLevel.Warning, "A step of the schedule {Schedule} isn't durable: {Code}.")]
    partial void LogNotStored(Guid schedule, string code);

    [LoggerMessage(4423, LogLevel.Warning, "A run of the schedule {Schedule} was refused: {Code}.")]
    partial void LogRefused(Guid schedule, string code);
}
