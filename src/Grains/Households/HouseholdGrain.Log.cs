using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Households;

partial class HouseholdGrain
{
    [LoggerMessage(3900, LogLevel.Warning, "A step of the household {Household} isn't durable: {Code}.")]
    partial void LogNotStored(Guid household, string code);

    [LoggerMessage(3901, LogLevel.Warning, "What the household {Household} owes others could not be done yet; it is tried again.")]
    partial void LogNotSettled(Exception? exception, Guid household);

    [LoggerMessage(3902, LogLevel.Error, "What the household {Household} owes another was refused: {Code}.")]
    partial void LogRefused(Guid household, string code);
}
