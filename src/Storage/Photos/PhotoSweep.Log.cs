using Microsoft.Extensions.Logging;

namespace GridActors.Storage.Photos;

public sealed partial class PhotoSweep
{
    [LoggerMessage(2201, LogLevel.Warning, "Photos that no case shows could not be deleted; tried again in an hour.")]
    partial void LogFailed(Exception exception);
}
