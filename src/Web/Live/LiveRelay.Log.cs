using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

public sealed partial class LiveRelay
{
    [LoggerMessage(4101, LogLevel.Warning, "A topic could not be renewed or ended.")]
    partial void LogNotRenewed(Exception exception);

    [LoggerMessage(
        4102,
        LogLevel.Warning,
        "The sessions of live connections could not be checked; they are checked again in five seconds."
    )]
    partial void LogNotChecked(Exception exception);

    [LoggerMessage(4107, LogLevel.Error, "A beat could not be sent; the next one comes in five seconds.")]
    partial void LogNotBeaten(Exception exception);
}
