using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Staff;

public sealed partial class StaffSweep
{
    [LoggerMessage(
        3400,
        LogLevel.Warning,
        "Pack {Pack}: staff change {Change} can't be made; it is tried again with the pack's next version. {Reason}"
    )]
    partial void LogRefused(string pack, Guid change, string reason);

    [LoggerMessage(3401, LogLevel.Warning, "Staff changes could not be looked at; the next look continues.")]
    partial void LogFailed(Exception exception);
}
