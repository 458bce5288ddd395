using Microsoft.Extensions.Logging;

namespace GridActors.LocalEngine.Runtime;

internal sealed partial class Activation
{
    internal void LogTimerFailed(Exception exception) => TimerFailed(Engine.Logger, exception, Name);

    private void LogActivationFailed(Exception exception) => ActivationFailed(Engine.Logger, exception, Name);

    private void LogDeactivationFailed(Exception exception) => DeactivationFailed(Engine.Logger, exception, Name);

    private void LogConflict(Exception exception) => Conflict(Engine.Logger, exception, Name);

    private void LogStrayException(Exception exception) => StrayException(Engine.Logger, exception, Name);

    [LoggerMessage(1, LogLevel.Error, "{Grain} could not be activated; the calls that wait for it fail, the next one tries again")]
    private static partial void ActivationFailed(ILogger logger, Exception exception, string grain);

    [LoggerMessage(2, LogLevel.Error, "{Grain} failed while it was being deactivated")]
    private static partial void DeactivationFailed(ILogger logger, Exception exception, string grain);

    [LoggerMessage(3, LogLevel.Warning, "Somebody else wrote the state of {Grain}; it is deactivated and will read it anew")]
    private static partial void Conflict(ILogger logger, Exception exception, string grain);

    [LoggerMessage(4, LogLevel.Error, "An async void method of {Grain} failed")]
    private static partial void StrayException(ILogger logger, Exception exception, string grain);

    [LoggerMessage(5, LogLevel.Warning, "A timer of {Grain} failed; its next tick comes as planned")]
    private static partial void TimerFailed(ILogger logger, Exception exception, string grain);
}
