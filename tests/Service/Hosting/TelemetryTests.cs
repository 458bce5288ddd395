using System.Diagnostics;
using GridActors.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace GridActors.Service.Tests.Hosting;

/// <summary>The exported telemetry shows where time is spent, and contains nobody's name.</summary>
// The spans of the database are those of the whole process, and other tests name areas in theirs.
[Collection(nameof(Alone))]
public sealed partial class TelemetryTests
{
    [Fact]
    public async Task Exported_traces_connect_requests_with_actors_and_contain_no_ids()
    {
        using var receiver = new OtlpReceiver();
        var spans = new List<Activity>();
        var host = await ServiceHost.Start(
            new()
            {
                ConnectionString = await TestPostgres.NewDatabase(),
                Packs = [TestPacks.Qinghe],
                Url = "http://127.0.0.1:0",
                DemoPassword = TestService.Password,
                Overrides =
                [
                    TestService.MasterKeySetting,
                    $"OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Url}",
                    "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
                    "OTEL_SERVICE_NAME=qinghe-grid",
                ],
                Configure = builder =>
                {
                    builder.Logging.SetMinimumLevel(LogLevel.Information);
                    builder.Services.ConfigureOpenTelemetryTracerProvider(t => t.AddInMemoryExporter(spans));
                },
            },
            CancellationToken.None
        );
        string id;
        await using (host)
        {
            var worker = await SignIn(host, "worker-1");
            id = (await worker.Report("C-A1-1", title: "楼道堆满纸箱")).Id;
            await (await SignIn(host, "worker-2")).Do(id, "claim");
            (await worker.Get($"/api/cases/{id}")).Expect(200);
            (await worker.Get("/api/areas/C-A1-1/board?page=楼道")).Expect(200);
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("GridActors.Test");
            LogCase(logger, id, "C-A1-1", 3, new InvalidOperationException($"worker-1 and {id}"));
        }

        // Stopping sends what wasn't sent yet.
        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], receiver.Paths);
        string[] expected =
        [
            "qinghe-grid",
            "/api/cases/{id}",
            "ICaseGrain",
            "Case {Case} in {Area} of {Count}",
            "gridactors.journal.entries",
            "select ",
        ];
        Assert.All(expected, text => Assert.True(receiver.Holds(text), text));
        string[] secrets = [id, Guid.Parse(id).ToString(), "worker-1", "worker-2", "C-A1-1", "楼道", "纸箱"];
        Assert.All(secrets, text => Assert.False(receiver.Holds(text), text));

        // Requests of other tests in this process are exported too, but only this service connects them with its actors.
        Activity[] exported = [.. spans];
        var requests = exported.Where(s => s.DisplayName.TrimEnd('/') == "POST /api/cases").Select(s => s.TraceId).ToHashSet();
        Assert.NotEmpty(requests);
        var actors = exported.Where(s =>
            requests.Contains(s.TraceId) && s.Source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal)
        );
        Assert.Contains("ICaseGrain", string.Join('\n', actors.Select(s => s.DisplayName)), StringComparison.Ordinal);
    }

    static async Task<Client> SignIn(ServiceHost host, string person)
    {
        var url = new Uri(host.Url);
        var credentials = new { account = $"qinghe/{person}", password = TestService.Password };
        var answer = await new Client(url, null).Post("/api/session", credentials);
        return new(url, answer.Expect(200).Body.GetProperty("token").GetString());
    }

    [LoggerMessage(1, LogLevel.Error, "Case {Case} in {Area} of {Count}")]
    static partial void LogCase(ILogger logger, string @case, string area, int count, Exception exception);
}
