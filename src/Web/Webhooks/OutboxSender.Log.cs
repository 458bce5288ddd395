using Microsoft.Extensions.Logging;

namespace GridActors.Web.Webhooks;

public sealed partial class OutboxSender
{
    [LoggerMessage(3110, LogLevel.Warning, "Messages to another system could not be read or recorded; the next look continues.")]
    partial void LogNotRead(Exception exception);

    [LoggerMessage(3111, LogLevel.Warning, "Message {Message} to another system was not taken: {Code}. It is sent again later.")]
    partial void LogNotTaken(Guid message, string code);

    [LoggerMessage(3112, LogLevel.Error, "Message {Message} to another system is given up: {Code}.")]
    partial void LogGivenUp(Guid message, string code);
}
