using Microsoft.Extensions.Logging;

namespace GridActors.Web.Households.Export;

public sealed partial class HouseholdExportRunner
{
    [LoggerMessage(4311, LogLevel.Warning, "A file of households could not be written; it is begun again.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(4312, LogLevel.Warning, "Old files of households could not be deleted; the next sweep tries again.")]
    partial void LogNotSwept(Exception exception);
}
