using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Surveys;

partial class SheetGrain
{
    [LoggerMessage(4021, LogLevel.Warning, "The answer sheet {Sheet} isn't durable: {Code}.")]
    partial void LogNotStored(Guid sheet, string code);
}
