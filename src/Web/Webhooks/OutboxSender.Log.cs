using Microsoft.Extensions.Logging;

namespace GridActors.Web.Webhooks;

public sealed partial class OutboxSender
{
    [LoggerMessage(3110, LogLevel.Warning, "Messages to another system could not be read or recorded; the next look continues.")]
    partial void LogNotRead(Exception exception);
}
