namespace GridActors.Silo.Hosting;

sealed partial class CertificateFiles
{
    [LoggerMessage(5101, LogLevel.Warning, "The changed certificate can't be used; the one before stays in use.")]
    partial void LogNotRead(Exception exception);
}
