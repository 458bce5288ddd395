using Microsoft.Extensions.Logging;

namespace GridActors.Web.Webhooks;

public sealed partial class RobotSender
{
    [LoggerMessage(3600, LogLevel.Warning, "Messages of a robot could not be read or recorded; the next look continues.")]
    partial void LogNotRead(Exception exception);
}
