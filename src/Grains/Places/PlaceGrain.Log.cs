using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Places;

partial class PlaceGrain
{
    [LoggerMessage(4010, LogLevel.Warning, "A step of the place {Place} isn't durable: {Code}.")]
    partial void LogNotStored(Guid place, string code);

    [LoggerMessage(4011, LogLevel.Warning, "What belongs to the place {Place} could not follow it yet; it is told again.")]
    partial void LogNotFollowed(Exception? exception, Guid place);

    [LoggerMessage(4012, LogLevel.Error, "What belongs to the place {Place} refused to follow it: {Code}.")]
    partial void LogRefused(Guid place, string code);
}
