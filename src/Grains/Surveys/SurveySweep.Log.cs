using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Surveys;

partial class SurveySweep
{
    [LoggerMessage(4022, LogLevel.Warning, "The surveys of packs can't be published now; it is tried again.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(4023, LogLevel.Error, "The survey {Survey} of {Pack} was refused: {Code}.")]
    partial void LogRefused(string survey, string pack, string code);

    [LoggerMessage(4024, LogLevel.Warning, "The codes of surveys that have ended can't be forgotten now; it is tried again.")]
    partial void LogNotForgotten(Exception exception);
}
