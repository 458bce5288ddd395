using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

sealed partial class HubProblems
{
    [LoggerMessage(4103, LogLevel.Error, "The hub's {Method} failed: {Code}.")]
    partial void LogFailed(Exception exception, string method, string code);
}
