using Microsoft.Extensions.Logging;

namespace GridActors.Grains.WorkerDays;

partial class WorkerDayGrain
{
    [LoggerMessage(4405, LogLevel.Warning, "A step of a worker's day, {Day}, isn't durable: {Code}.")]
    partial void LogNotStored(DateOnly day, string code);
}
