using Microsoft.Extensions.Logging;

namespace GridActors.Grains.SubjectRequests;

public sealed partial class SubjectRequestGrain
{
    [LoggerMessage(3924, LogLevel.Warning, "A step of the request {Request} of a resident isn't durable: {Code}.")]
    partial void LogNotStored(Guid request, string code);
}
