using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

public sealed partial class AreaGrain
{
    [LoggerMessage(3201, LogLevel.Information, "Area {Area} missed something durable and counts again.")]
    partial void LogInDoubt(string area);

    [LoggerMessage(3202, LogLevel.Warning, "Area {Area} could not count; it tries again.")]
    partial void LogNotCounted(Exception exception, string area);
}
