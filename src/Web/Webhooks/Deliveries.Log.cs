using Microsoft.Extensions.Logging;

namespace GridActors.Web.Webhooks;

public sealed partial class Deliveries
{
    [LoggerMessage(3111, LogLevel.Warning, "Message {Message} was not taken: {Code}. It is sent again later.")]
    partial void LogNotTaken(Guid message, string code);

    [LoggerMessage(3112, LogLevel.Error, "Message {Message} is given up: {Code}.")]
    partial void LogGivenUp(Guid message, string code);
}
