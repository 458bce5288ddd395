using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace GridActors.Silo.Hosting;

/// <summary>
/// What leaves the process names no person, no case and no area. The frameworks put actors' keys, paths and exceptions' messages into spans
/// and logs, and later versions may add others: so it is listed what may leave, not what may not.
/// </summary>
static class Redaction
{
    static readonly FrozenSet<string> Harmless = new[]
    {
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "url.scheme",
        "server.address",
        "server.port",
        "network.protocol.name",
        "network.protocol.version",
        "network.transport",
        "error.type",
        "exception.type",
        "otel.status_code",
        "rpc.system",
        "rpc.system.name",
        "rpc.service",
        "rpc.method",
        "orleans.rpc.service",
        "orleans.grain.type",
        "orleans.silo.id",
        "orleans.activation.cause",
        "orleans.deactivation.reason",
        "orleans.placement.filter.type",
        "orleans.storage.provider",
        "orleans.storage.state.name",
        "orleans.storage.state.type",
        "db.system",
        "db.system.name",
        "db.namespace",
        "db.name",
        "db.query.text",
        "db.statement",
        "db.operation.name",
        "db.response.status_code",
        // Of log messages.
        "Method",
        "Endpoint",
        "Code",
        "SqlState",
    }.ToFrozenSet();

    /// <summary>Numbers count and measure: the project's ids are texts.</summary>
    public static bool MayLeave(string name, object? value) =>
        Harmless.Contains(name) || value is bool or int or long or double or TimeSpan or Enum;
}

/// <summary>Takes the tags out of a span that aren't on the list, before it is exported.</summary>
sealed class SpanRedaction : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var (name, value) in data.TagObjects.ToArray())
            if (!Redaction.MayLeave(name, value))
                data.SetTag(name, null);
        // The description of an error is the exception's message.
        data.SetStatus(data.Status);
        // Events can't be changed any more: a span whose events say too much stays here. Those around it say that it failed.
        if (data.Events.Any(e => e.Tags.Any(t => !Redaction.MayLeave(t.Key, t.Value))))
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}

/// <summary>Exports a log message as its template with the values on the list, and an exception as its type and where it came
/// from.</summary>
sealed class LogRedaction : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        var attributes = (data.Attributes ?? []).Where(a => a.Key == "{OriginalFormat}" || Redaction.MayLeave(a.Key, a.Value)).ToList();
        if (data.Exception is { } exception)
        {
            attributes.Add(new("exception.type", exception.GetType().FullName));
            attributes.Add(new("exception.stacktrace", exception.StackTrace));
            data.Exception = null;
        }
        data.Attributes = attributes;
        data.FormattedMessage = null;
    }
}
