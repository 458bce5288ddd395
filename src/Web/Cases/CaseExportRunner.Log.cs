using Microsoft.Extensions.Logging;

namespace GridActors.Web.Cases;

public sealed partial class CaseExportRunner
{
    [LoggerMessage(4301, LogLevel.Warning, "A file of cases could not be written; it is begun again.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(4302, LogLevel.Warning, "Old files of cases could not be deleted; the next sweep tries again.")]
    partial void LogNotSwept(Exception exception);
}
