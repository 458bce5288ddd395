using System.Net.Sockets;
using GridActors.Grains;
using GridActors.Storage;
using GridActors.Storage.Accounts;
using GridActors.Storage.Database;
using GridActors.Storage.Packs;
using GridActors.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace GridActors.Silo.Hosting;

/// <summary>One running process of the service: database brought up to date, packs loaded, actors and pages served.</summary>
public sealed class ServiceHost : IAsyncDisposable
{
    readonly WebApplication _app;

    ServiceHost(WebApplication app) => _app = app;

    /// <summary>The address it listens on.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    public IServiceProvider Services => _app.Services;

    /// <exception cref="StartException">It can't start.</exception>
    public static async Task<ServiceHost> StartAsync(ServiceSettings settings, CancellationToken cancellationToken)
    {
        var app = Build(settings);
        try
        {
            await Prepare(app.Services, settings, cancellationToken);
            await app.StartAsync(cancellationToken);
            return new(app);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();
            throw StartFailures.Explain(e, settings);
        }
    }

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    static WebApplication Build(ServiceSettings settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [], WebRootPath = Pages.Folder() });
        builder.WebHost.UseUrls(settings.Url);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Orleans", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning)
            // Orleans sends each activation through it, and it reports every one.
            .AddFilter("Polly", LogLevel.Error)
            .AddFilter("GridActors.Web.Sessions", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error)
            // While it may log, it makes an activity for every request; traces bring a listener of their own.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            // Its first look at a process that just started takes the age of the machine for a stall.
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
            // It logs every refusal as a failure; what really failed, the hub's filter logs.
            .AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None)
            // Its own line for a failed request repeats what the problem handler logs.
            .AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new AccountOptions { DemoPassword = settings.DemoPassword });
        services.AddStorage(settings.ConnectionString);
        services.AddHostedService<Telemetry>();
        if (settings.Roles.HasFlag(Roles.Silo)) services.AddGrains();
        builder.AddOrleans(settings);
        if (settings.Roles.HasFlag(Roles.Silo)) services.AddGrainClocks();
        if (settings.Roles.HasFlag(Roles.Web)) services.AddWeb();
        settings.Configure?.Invoke(builder);

        var app = builder.Build();
        app.MapHealth();
        if (!settings.Roles.HasFlag(Roles.Web)) return app;
        app.MapWeb();
        app.MapActorDashboard();
        app.MapPages();
        return app;
    }

    static async Task Prepare(IServiceProvider services, ServiceSettings settings, CancellationToken cancellationToken)
    {
        await Migrations.ApplyAsync(services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
        var store = services.GetRequiredService<PackStore>();
        foreach (var pack in settings.Packs) await store.Apply(pack, cancellationToken);
        await services.GetRequiredService<PackLoader>().Refresh(cancellationToken);
    }
}

/// <summary>Why a start failed, in one sentence.</summary>
static class StartFailures
{
    public static Exception Explain(Exception e, ServiceSettings settings) => e switch
    {
        StartException or OperationCanceledException => e,
        PackConflictException or InvalidOperationException { Source: "GridActors.Storage" } => new StartException(e.Message, e),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
            new StartException($"Something listens on {settings.Url} already: choose another port with --port.", e),
        SocketException { SocketErrorCode: SocketError.AccessDenied } or IOException { InnerException: SocketException { SocketErrorCode: SocketError.AccessDenied } } =>
            new StartException($"This account may not listen on {settings.Url}: choose a port from 1024 with --port.", e),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StartException("The database's disk is full: make room and start again.", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => new StartException("The database refuses the account: check user and password in ConnectionStrings:grid.", e),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new StartException("The database named in ConnectionStrings:grid doesn't exist: create it first.", e),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => new StartException("The database account may not create tables there: give it the rights, or its own database.", e),
        PostgresException p => new StartException($"The database refused to be prepared ({p.SqlState}): {p.MessageText}.", e),
        NpgsqlException => new StartException("The database can't be reached: check that it runs, and the address in ConnectionStrings:grid.", e),
        IOException io when io.HResult == 28 => new StartException("The disk is full: make room and start again.", e),
        _ => OrleansHosting.Explain(e) is { } sentence ? new StartException(sentence, e) : e,
    };
}
