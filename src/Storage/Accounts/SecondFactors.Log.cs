using Microsoft.Extensions.Logging;

namespace GridActors.Storage.Accounts;

public sealed partial class SecondFactors
{
    [LoggerMessage(2401, LogLevel.Error, "The secret of a second factor can't be decrypted: its key is gone.")]
    partial void LogUnreadable(Exception exception);
}
