using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Scores;

partial class ScoreGrain
{
    [LoggerMessage(4462, LogLevel.Warning, "A step of a worker's month, {Month}, isn't durable: {Code}.")]
    partial void LogNotStored(DateOnly month, string code);
}
