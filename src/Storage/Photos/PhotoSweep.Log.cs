using Microsoft.Extensions.Logging;

namespace GridActors.Storage.Photos;

public sealed partial class PhotoSweep
{
    [LoggerMessage(2201, LogLevel.Warning, "Unused photos could not be deleted; trying again in an hour.")]
    partial void LogFailed(Exception exception);
}
