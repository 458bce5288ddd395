using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Areas;

public sealed partial class AreaGrain
{
    [LoggerMessage(3201, LogLevel.Information, "Area {Area} missed a change and counts its cases again.")]
    partial void LogInDoubt(string area);

    [LoggerMessage(3202, LogLevel.Warning, "Area {Area} could not count its cases; it tries again.")]
    partial void LogNotCounted(Exception exception, string area);
}
