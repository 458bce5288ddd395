using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

public sealed partial class LiveRelay
{
    [LoggerMessage(4101, LogLevel.Warning, "A topic could not be renewed or ended.")]
    partial void LogNotRenewed(Exception exception);

    [LoggerMessage(4102, LogLevel.Warning, "A session could not be checked.")]
    partial void LogNotChecked(Exception exception);
}
