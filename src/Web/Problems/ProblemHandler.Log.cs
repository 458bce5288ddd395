using Microsoft.Extensions.Logging;

namespace GridActors.Web.Problems;

public sealed partial class ProblemHandler
{
    [LoggerMessage(4001, LogLevel.Error, "{Method} {Endpoint} failed: {Code}.")]
    partial void LogFailed(Exception exception, string method, string endpoint, string code);
}
