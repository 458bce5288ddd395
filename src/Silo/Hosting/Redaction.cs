using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace GridActors.Silo.Hosting;

/// <summary>
/// Keeps the ids of people, cases and areas out of the telemetry that the process exports. Frameworks put actors' keys, paths and
/// exceptions' messages into spans and logs, and later versions may add more. So this lists what may be exported, not what may not.
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

    /// <summary>Numbers may be exported: they are counts and measurements, and the project's ids are texts.</summary>
    public static bool MayLeave(string name, object? value) =>
        Harmless.Contains(name) || value is bool or int or long or double or TimeSpan or Enum;
}

/// <summary>Removes a span's tags that aren't on the list before the span is exported.</summary>
sealed class SpanRedaction : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var (name, value) in data.TagObjects.ToArray())
            if (!Redaction.MayLeave(name, value))
                data.SetTag(name, null);
        // The description of an error is removed, because it is the exception's message.
        data.SetStatus(data.Status);
        // A span's events can't be changed any more, so a span with events that aren't on the list isn't exported. The spans around it
        // still show that it failed.
        if (data.Events.Any(e => e.Tags.Any(t => !Redaction.MayLeave(t.Key, t.Value))))
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}

/// <summary>
/// Exports a log message as its template with the values on the list, and an exception as its type and where it came from.
/// </summary>
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
