using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GridActors.Silo.Hosting;

/// <summary>
/// Metrics, traces and logs by OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector. docs/operations.md lists the instruments.
/// </summary>
static class Telemetry
{
    public static bool IsExported(IConfiguration configuration) => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (!IsExported(builder.Configuration))
            return;
        var name = builder.Configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } named ? named : "gridactors";
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(name, serviceVersion: ServiceVersion.Number))
            .WithMetrics(m => m.AddMeter("GridActors.*", "Microsoft.AspNetCore.*", "Microsoft.Orleans", "Npgsql", "System.Runtime"))
            .WithTracing(t =>
                t.AddAspNetCoreInstrumentation(o => o.Filter = IsTraced)
                    .AddSource("Microsoft.Orleans.*")
                    .AddNpgsql()
                    .AddProcessor<SpanRedaction>()
            )
            .WithLogging(l => l.AddProcessor<LogRedaction>())
            .UseOtlpExporter();
    }

    /// <summary>Health checks come every few seconds and aren't traced, because they are nobody's work.</summary>
    static bool IsTraced(HttpContext context) => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
}
