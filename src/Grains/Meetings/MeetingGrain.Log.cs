using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Meetings;

public sealed partial class MeetingGrain
{
    [LoggerMessage(3212, LogLevel.Warning, "A step of meeting {Meeting} was not stored: {Outcome}.")]
    partial void LogNotStored(Guid meeting, string outcome);

    [LoggerMessage(3213, LogLevel.Warning, "A case was not told what meeting {Meeting} decided; it is told again in a few seconds.")]
    partial void LogNotTold(Exception? e, Guid meeting);

    [LoggerMessage(3602, LogLevel.Error, "A case refused to record what meeting {Meeting} decided, for good: {Code}.")]
    partial void LogRefused(Guid meeting, string code);

    [LoggerMessage(3214, LogLevel.Warning, "The ledger or the number for meeting {Meeting} couldn't be read.")]
    partial void LogNotRead(Exception e, Guid meeting);
}
