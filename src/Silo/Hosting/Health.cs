using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using GridActors.Web;
using GridActors.Web.Administration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GridActors.Silo.Hosting;

/// <summary>The two health checks: whether the process answers, and whether it can serve.</summary>
static class Health
{
    static readonly TimeSpan DatabaseAnswersWithin = TimeSpan.FromSeconds(5);

    public static void AddHealth(this IServiceCollection services, Roles roles)
    {
        var checks = services
            .AddHealthChecks()
            .Require("host", s => IsStopping(s) ? "The service is stopping." : null)
            .Require("packs", s => s.GetRequiredService<IPacks>().Current.Packs.Any() ? null : "No pack is loaded.")
            .AddNpgSql(name: "database", timeout: DatabaseAnswersWithin)
            .AddCheck<WriteCheck>("writes", timeout: DatabaseAnswersWithin);
        if (roles.HasFlag(Roles.Silo))
            checks.Require("silo", s => IsActive(s) ? null : "The silo isn't active in the cluster.");
        else
            checks.Require("gateways", s => s.GetRequiredService<Gateways>().Connected > 0 ? null : "No silo answers.");
    }

    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().AnswerHead().WithTags("Operations");
        health
            .MapGet("/live", Live)
            .WithName("getLiveness")
            .WithSummary("Tell whether the process answers, and which version it is")
            .Produces<LivenessJson>();
        health
            .MapGet("/ready", Ready)
            .WithName("getReadiness")
            .WithSummary("Tell whether the process can serve, or why not")
            .Produces<ReadinessJson>()
            .Produces<ReadinessJson>(StatusCodes.Status503ServiceUnavailable);
    }

    static IResult Live() => Results.Json(new LivenessJson("live", ServiceVersion.Number));

    static async Task<IResult> Ready(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        return report.Status == HealthStatus.Healthy
            ? Results.Json(new ReadinessJson("ready", null))
            : Results.Json(new ReadinessJson("unready", Reason(report)), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>
    /// The first thing that is missing. A check of the database that failed has an exception, whose message isn't shown because it isn't
    /// for everybody.
    /// </summary>
    static string? Reason(HealthReport report)
    {
        var unmet = report.Entries.Values.First(e => e.Status != HealthStatus.Healthy);
        return unmet.Exception is null ? unmet.Description : "The database is unavailable.";
    }

    static bool IsStopping(IServiceProvider services) =>
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    static bool IsActive(IServiceProvider services) => services.GetRequiredService<ISiloStatusOracle>().CurrentStatus == SiloStatus.Active;

    static IHealthChecksBuilder Require(this IHealthChecksBuilder checks, string name, Func<IServiceProvider, string?> missing) =>
        checks.Add(new(name, services => new Requirement(() => missing(services)), failureStatus: null, tags: null));

    sealed class WriteCheck(WriteHealth writes) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await writes.Check(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The database can't store anything: its disk is full.");
    }

    sealed class Requirement(Func<string?> missing) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(missing() is { } reason ? HealthCheckResult.Unhealthy(reason) : HealthCheckResult.Healthy());
    }
}

/// <summary>How many silos a web process is connected to.</summary>
sealed class Gateways
{
    int _connected;

    public int Connected => Volatile.Read(ref _connected);

    public void Changed(int connected) => Volatile.Write(ref _connected, connected);
}
