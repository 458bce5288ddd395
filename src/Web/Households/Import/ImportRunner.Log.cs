using Microsoft.Extensions.Logging;

namespace GridActors.Web.Households.Import;

public sealed partial class ImportRunner
{
    [LoggerMessage(3801, LogLevel.Warning, "An import of households was interrupted; it is carried on.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(3802, LogLevel.Warning, "Old imports of households could not be deleted; the next sweep tries again.")]
    partial void LogNotSwept(Exception exception);
}
