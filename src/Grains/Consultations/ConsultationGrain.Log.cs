using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Consultations;

public sealed partial class ConsultationGrain
{
    [LoggerMessage(3210, LogLevel.Warning, "A step of consultation {Consultation} was not stored: {Outcome}.")]
    partial void LogNotStored(Guid consultation, string outcome);

    [LoggerMessage(
        3211,
        LogLevel.Warning,
        "The case of consultation {Consultation} wasn't told of a step; it is told again in a few seconds."
    )]
    partial void LogNotTold(Exception? e, Guid consultation);

    [LoggerMessage(3601, LogLevel.Error, "The case of consultation {Consultation} refused to record a step of it, for good: {Code}.")]
    partial void LogRefused(Guid consultation, string code);
}
