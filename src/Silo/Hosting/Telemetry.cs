using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GridActors.Silo.Hosting;

/// <summary>Metrics and traces by OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. docs/operations.md lists the instruments.</summary>
sealed class Telemetry : IHostedService, IDisposable
{
    MeterProvider? _metrics;
    TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"))) return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService("gridactors");
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter("GridActors.*", "Microsoft.AspNetCore.*", "Microsoft.Orleans", "Npgsql", "System.Runtime").AddOtlpExporter().Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "Microsoft.Orleans.*", "Npgsql").AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _metrics?.ForceFlush(5000);
        _traces?.ForceFlush(5000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }
}
