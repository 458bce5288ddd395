using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Reassignments;

public sealed partial class ReassignmentGrain
{
    [LoggerMessage(3920, LogLevel.Warning, "A step of the reassignment {Reassignment} isn't durable: {Code}.")]
    partial void LogNotStored(Guid reassignment, string code);
}
