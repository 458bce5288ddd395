using System.Net.Sockets;
using GridActors.Grains;
using GridActors.Storage;
using GridActors.Storage.Accounts;
using GridActors.Storage.Database;
using GridActors.Storage.Packs;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using GridActors.Web;
using GridActors.Web.Perimeter;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GridActors.Silo.Hosting;

/// <summary>One running process of the service: its database is migrated, its packs are loaded, and it serves actors and pages.</summary>
public sealed class ServiceHost : IAsyncDisposable
{
    readonly WebApplication _app;

    ServiceHost(WebApplication app) => _app = app;

    /// <summary>The address it listens on.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    public IServiceProvider Services => _app.Services;

    /// <summary>It stopped because the machine's clock was set back, and must start anew.</summary>
    public bool WasClockSetBack => Services.GetRequiredService<ClockWatch>().WasSetBack;

    /// <exception cref="StartException">The service can't start.</exception>
    public static async Task<ServiceHost> Start(ServiceSettings settings, CancellationToken cancellationToken)
    {
        WebApplication app;
        try
        {
            app = Build(settings);
        }
        catch (Exception e)
        {
            throw StartFailures.Explain(e, settings);
        }
        try
        {
            await Prepare(app.Services, settings, cancellationToken);
            await app.StartAsync(cancellationToken);
            app.Services.GetRequiredService<ServiceTime>().Run();
            return new(app);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw StartFailures.Explain(e, settings);
        }
    }

    /// <summary>Waits until the process is told to stop, and stops the service.</summary>
    public Task WaitForShutdown(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    static WebApplication Build(ServiceSettings settings)
    {
        // Without the file, the frameworks' own limits and log levels would apply.
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "appsettings.json")))
            throw new StartException($"appsettings.json is missing in {AppContext.BaseDirectory}: install the service again.");
        // The machine's clock, also where a test gives the service another one: Orleans reads it directly.
        var clockSteps = new ClockSteps(TimeProvider.System);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = [.. settings.Overrides.Select(o => "--" + o)],
                // The folder of appsettings.json, whatever folder the program is called in.
                ContentRootPath = AppContext.BaseDirectory,
                WebRootPath = Pages.Folder(),
            }
        );
        builder.AddListening(settings);
        builder.AddTelemetry();

        var services = builder.Services;
        services
            .AddOptions<ServiceOptions>()
            .BindConfiguration("Service", o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSystemd();
        services.AddSingleton(TimeProvider.System);
        services
            .AddOptions<AccountOptions>()
            .BindConfiguration("Accounts", o => o.ErrorOnUnknownConfiguration = true)
            .Configure(o => o.DemoPassword = settings.DemoPassword)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(s => s.GetRequiredService<IOptions<AccountOptions>>().Value);
        services.AddStorage(settings.ConnectionString);
        services.AddSingleton(s => MasterKeyFiles.Read(s.GetRequiredService<IConfiguration>(), settings.MasterKeyFile));
        builder.AddKeyRingProtection();
        services.AddHealth(settings.Roles);
        if (settings.Roles.HasFlag(Roles.Silo))
            services.AddGrains();
        builder.AddOrleans(settings);
        builder.AddSiloTls();
        if (settings.Roles.HasFlag(Roles.Silo))
            services.AddGrainClocks();
        if (settings.Roles.HasFlag(Roles.Web))
            services.AddWeb().AddOpenId(builder.Configuration);
        services.AddSingleton(s => new SubPath(s.GetRequiredService<IOptions<ServiceOptions>>().Value.PathBase));
        if (settings.Roles == Roles.Both)
            services.AddHostedService<SiloWatch>();
        // A web process already listens while it waits for a silo, so that its health check can say what it waits for.
        if (!settings.Roles.HasFlag(Roles.Silo))
            services.Configure<HostOptions>(o => o.ServicesStartConcurrently = true);
        if (settings.SimulationSpeed is { } speed)
            services.AddHostedService(s => new SimulatedDay(s.GetRequiredService<IServer>(), speed, settings.DemoPassword));
        services.AddSingleton(clockSteps);
        services.AddSingleton<ClockWatch>();
        services.AddHostedService(s => s.GetRequiredService<ClockWatch>());
        // It is registered last because services stop in reverse order: it must be the first to learn of a stop.
        services.AddHostedService<Drain>();
        settings.Configure?.Invoke(builder);

        var app = builder.Build();
        app.Services.GetRequiredService<SubPath>().Use(app);
        app.MapHealth();
        if (!settings.Roles.HasFlag(Roles.Web))
            return app;
        app.MapWeb();
        app.MapActorDashboard();
        app.MapPages();
        return app;
    }

    static async Task Prepare(IServiceProvider services, ServiceSettings settings, CancellationToken cancellationToken)
    {
        await Migrations.Apply(services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
        PrepareVault(services, settings);
        var time = services.GetRequiredService<ServiceTimeStore>();
        if (await time.Set(settings.Now, settings.Pace, settings.DemoPassword is not null, cancellationToken) is { } refusal)
            throw new StartException(refusal);
        var store = services.GetRequiredService<PackStore>();
        foreach (var pack in settings.Packs)
            await store.Apply(pack, cancellationToken);
        await services.GetRequiredService<PackPublisher>().FollowCalendars(cancellationToken);
        var packs = services.GetRequiredService<PackLoader>();
        await packs.Refresh(cancellationToken);
        // A pack that was loaded when there was a master key.
        if (
            services.GetRequiredService<MasterKeys>().Current is null
            && packs.Current.Packs.FirstOrDefault(p => p.Pack.Households is not null) is { } keeping
        )
            throw new StartException(MasterKeys.Needed(keeping.Pack.Id));
    }

    /// <summary>
    /// Reads the keys of personal data before anything is served, so that a process with a wrong master key doesn't start.
    /// </summary>
    static void PrepareVault(IServiceProvider services, ServiceSettings settings)
    {
        if (settings.MasterKeyFile is { } file && !MasterKeyFiles.IsNamed(services.GetRequiredService<IConfiguration>()))
            MasterKeyFiles.Prepare(file, Vault.HasKeys(services.GetRequiredService<NpgsqlDataSource>()));
        services.GetRequiredService<Vault>().Refresh();
    }
}

/// <summary>Why a start failed, in one sentence.</summary>
static class StartFailures
{
    public static Exception Explain(Exception e, ServiceSettings settings) =>
        e switch
        {
            StartException or OperationCanceledException => e,
            OptionsValidationException invalid => new StartException($"A setting isn't valid: {string.Join(' ', invalid.Failures)}", e),
            InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => new StartException(
                $"A setting isn't valid: {Cause(e)}",
                e
            ),
            InvalidDataException or FormatException { Source: "Microsoft.Extensions.Configuration.Json" } => new StartException(
                $"appsettings.json can't be read: {Cause(e)}",
                e
            ),
            PackConflictException or InvalidOperationException { Source: "GridActors.Storage" } => new StartException(e.Message, e),
            IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => new StartException(
                $"Something listens on {settings.Url} already: choose another port with --port.",
                e
            ),
            SocketException { SocketErrorCode: SocketError.AccessDenied }
            or IOException { InnerException: SocketException { SocketErrorCode: SocketError.AccessDenied } } => new StartException(
                $"This account may not listen on {settings.Url}: choose a port from 1024 with --port.",
                e
            ),
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StartException(
                "The database's disk is full: make room and start again.",
                e
            ),
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
                new StartException("The database refuses the account: check user and password in ConnectionStrings:grid.", e),
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new StartException(
                "The database named in ConnectionStrings:grid doesn't exist: create it first.",
                e
            ),
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => new StartException(
                "The database account may not create tables there: give it the rights, or its own database.",
                e
            ),
            PostgresException p => new StartException($"The database refused to be prepared ({p.SqlState}): {p.MessageText}.", e),
            NpgsqlException => new StartException(
                "The database can't be reached: check that it runs, and the address in ConnectionStrings:grid.",
                e
            ),
            IOException io when io.HResult == 28 => new StartException("The disk is full: make room and start again.", e),
            _ => OrleansHosting.Explain(e) is { } sentence ? new StartException(sentence, e) : e,
        };

    static string Cause(Exception e) =>
        e.InnerException is { Source: "Microsoft.Extensions.Configuration.Binder" } inner ? inner.Message : e.Message;
}
