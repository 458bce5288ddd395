using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Registrations;

partial class RegistrationGrain
{
    [LoggerMessage(4030, LogLevel.Warning, "A step of the application {Registration} isn't durable: {Code}.")]
    partial void LogNotStored(Guid registration, string code);
}
