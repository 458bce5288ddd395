using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Surveys;

partial class SurveyGrain
{
    [LoggerMessage(4020, LogLevel.Warning, "A step of the survey {Survey} isn't durable: {Code}.")]
    partial void LogNotStored(Guid survey, string code);
}
