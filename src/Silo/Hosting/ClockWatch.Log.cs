namespace GridActors.Silo.Hosting;

sealed partial class ClockWatch
{
    [LoggerMessage(5201, LogLevel.Warning, "The machine's clock was set back by {Step}: the service starts anew.")]
    partial void LogSetBack(TimeSpan step);
}
