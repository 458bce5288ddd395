using GridActors.Web.Administration;
using Orleans.Dashboard;

namespace GridActors.Silo.Hosting;

/// <summary>Orleans' dashboard, for administrators: figures of the whole deployment, never what an actor holds, nor the log.</summary>
static class ActorDashboard
{
    const string Path = "/orleans";

    public static void AddActorDashboard(this ISiloBuilder silo)
    {
        silo.AddDashboard(o => o.HideTrace = true);
        // The collector reads every gauge of Orleans each second, and some count all actors one by one: with 80,000 of them that took a fifth of the
        // service's processor time, whether or not anybody looked. It runs while somebody does.
        var dashboard = typeof(DashboardOptions).Assembly;
        silo.Services.Remove(silo.Services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.Module.Assembly == dashboard));
        var collector = dashboard.GetType("Orleans.Dashboard.DashboardHost", throwOnError: true)!;
        silo.Services.AddSingleton(services => new DashboardCollector(services, collector, services.GetRequiredService<TimeProvider>()));
        silo.AddIncomingGrainCallFilter<DashboardWatch>();
    }

    public static void AddActorDashboard(this IClientBuilder client) => client.AddDashboard(o => o.HideTrace = true);

    public static void MapActorDashboard(this WebApplication app) => app.MapOrleansDashboard(Path)
        .AddEndpointFilter(async (context, next) => context.HttpContext.Request.Path.StartsWithSegments(Path + "/GrainState", StringComparison.OrdinalIgnoreCase)
            ? Results.NotFound()
            : await next(context))
        .RequireAuthorization(AdministrationEndpoints.Policy);
}

/// <summary>Notices that somebody looks at this silo's page of the dashboard, in whichever process the dashboard is served.</summary>
sealed class DashboardWatch(DashboardCollector collector) : IIncomingGrainCallFilter
{
    const string SiloPage = "Orleans.Dashboard.Core.ISiloGrainProxy";

    public Task Invoke(IIncomingGrainCallContext context)
    {
        // Off this actor's turn: the collector calls actors itself when it starts.
        if (context.InterfaceName == SiloPage) _ = Task.Run(collector.KeepRunning);
        return context.Invoke();
    }
}

/// <summary>Runs the dashboard's collector of this silo while somebody looks at its page, and for some minutes after.</summary>
sealed class DashboardCollector(IServiceProvider services, Type type, TimeProvider clock) : IAsyncDisposable
{
    static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(5);

    readonly SemaphoreSlim _gate = new(1);
    IHostedService? _running;
    ITimer? _idle;

    public async Task KeepRunning()
    {
        await _gate.WaitAsync();
        try
        {
            if (_running is null)
            {
                _running = (IHostedService)ActivatorUtilities.CreateInstance(services, type);
                await _running.StartAsync(CancellationToken.None);
            }
            _idle ??= clock.CreateTimer(_ => _ = Stop(), null, IdleTime, Timeout.InfiniteTimeSpan);
            _idle.Change(IdleTime, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            _gate.Release();
        }
    }

    async Task Stop()
    {
        await _gate.WaitAsync();
        try
        {
            if (_running is IAsyncDisposable running) await running.DisposeAsync();
            _running = null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_idle is not null) await _idle.DisposeAsync();
        await Stop();
        _gate.Dispose();
    }
}
