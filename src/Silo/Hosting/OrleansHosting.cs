using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GridActors.Grains;
using GridActors.Web.Live;
using Microsoft.AspNetCore.Connections;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;
using Orleans.Serialization;

namespace GridActors.Silo.Hosting;

/// <summary>How this process takes part in Orleans: as the only silo, as one of several, or as a client of theirs.</summary>
static class OrleansHosting
{
    const string Invariant = "Npgsql";

    public static void AddOrleans(this WebApplicationBuilder builder, ServiceSettings settings)
    {
        builder.Services.Configure<ClusterOptions>(o => (o.ServiceId, o.ClusterId) = (GrainStorage.Service, settings.ClusterId));
        // Sends Npgsql's exceptions to the web process as they are, so that it can answer that the database is unavailable.
        builder.Services.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add(nameof(Npgsql)));
        // Connects the spans of a request with those of the actors it calls. It makes every call slower, so it is on only where spans are
        // exported.
        var isTraced = Telemetry.IsExported(builder.Configuration);
        if (settings.Roles.HasFlag(Roles.Silo))
        {
            builder.UseOrleans(silo => AddSilo(isTraced ? silo.AddActivityPropagation() : silo, settings));
            return;
        }
        builder.Services.AddSingleton<Gateways>();
        builder.UseOrleansClient(client => AddClient(isTraced ? client.AddActivityPropagation() : client));
    }

    /// <returns>Why the start failed, in one sentence; null when the failure isn't Orleans'.</returns>
    public static string? Explain(Exception e) =>
        e switch
        {
            OrleansClusterConnectivityCheckFailedException =>
                "Another silo of the cluster doesn't answer: if it is gone for good, start again now and it is passed over; "
                    + "else check that --silo-address and --silo-port are reachable.",
            AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
                "Something listens on the silo's ports already: choose others with --silo-port and --gateway-port.",
            { InnerException: { } inner } => Explain(inner),
            _ => null,
        };

    static void AddSilo(ISiloBuilder silo, ServiceSettings settings)
    {
        // The membership table and the dashboard then say which machine, or pod, and which process a silo is.
        silo.Configure<SiloOptions>(o =>
            o.SiloName = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}")
        );
        if (settings.IsClustered || settings.Roles != Roles.Both)
        {
            silo.UseAdoNetClustering(o =>
                o.Configure<NpgsqlDataSource>((options, source) => (options.Invariant, options.DataSource) = (Invariant, source))
            );
            var address = IPAddress.TryParse(settings.SiloAddress, out var parsed)
                ? parsed
                : throw new StartException(
                    $"{settings.SiloAddress} is no IP address: --silo-address takes one of this machine that the other processes reach."
                );
            silo.ConfigureEndpoints(address, PortOr(settings.SiloPort, address), PortOr(settings.GatewayPort, address));
            silo.Configure<ClusterMembershipOptions>(NoticeDeaths);
        }
        else
        {
            silo.UseLocalhostClustering(
                FreePort(IPAddress.Loopback),
                gatewayPort: 0,
                serviceId: GrainStorage.Service,
                clusterId: settings.ClusterId
            );
        }

        // By default new actors go where there are the fewest, so that all of them would go to a silo that has just started, whose code has
        // to be compiled first: every report waited for that.
        silo.Services.AddSingleton<PlacementStrategy, RandomPlacement>();
        silo.UseSystemTextJsonGrainStorageSerializer();
        silo.AddAdoNetGrainStorage(
            GrainStorage.Name,
            o => o.Configure<NpgsqlDataSource>((options, source) => (options.Invariant, options.DataSource) = (Invariant, source))
        );
        // Hundreds of thousands of cases can be in memory. When 80 % of the memory is used, those that were idle the longest are
        // deactivated early.
        silo.Configure<GrainCollectionOptions>(o => o.EnableActivationSheddingOnMemoryPressure = true);
        silo.AddActorDashboard();
    }

    /// <summary>How soon other silos notice that a silo is dead or hangs. Orleans' defaults are made for larger clusters.</summary>
    static void NoticeDeaths(ClusterMembershipOptions options)
    {
        // People wait for the cases of a killed silo: it is declared dead after three unanswered probes, each of 1.2 seconds instead of
        // five. With 1.5 a call to a hung silo took six seconds and more.
        options.ProbeTimeout = TimeSpan.FromSeconds(1.2);
        // A silo that hangs isn't voted out while a connection to it was alive within three times this. By default it is four times
        // ProbeTimeout, so that a hung silo would stop the service for 14 seconds instead of four.
        options.MaxProbeTimeout = TimeSpan.FromSeconds(1.2);
        // A silo that continues after a hang reads in the table that it was declared dead, and ends itself. Until then it answers from an
        // old state. By default it looks once a minute.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
        // A silo that starts asks every silo that counts as active, except those that gave no sign of life for three of these periods. So
        // it passes over a dead one after half a minute, and doesn't try much longer than that.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        options.MaxJoinAttemptTime = TimeSpan.FromSeconds(40);
        // A silo whose clock is behind by more than that would look to the others as if it had tried for too long, and never be let in.
        options.EvictWhenMaxJoinAttemptTimeExceeded = false;
    }

    static void AddClient(IClientBuilder client)
    {
        client.UseAdoNetClustering(o =>
            o.Configure<NpgsqlDataSource>((options, source) => (options.Invariant, options.DataSource) = (Invariant, source))
        );
        client.AddGatewayCountChangedHandler(s =>
            (_, e) =>
            {
                s.GetRequiredService<Gateways>().Changed(e.NumberOfConnectedGateways);
                s.GetRequiredService<SiloChanges>().Notify();
            }
        );
        // A web process that starts before a silo waits for one.
        client.UseConnectionRetryFilter(
            async (_, cancellationToken) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                return true;
            }
        );
        // Calls go through a silo that hangs until this period shows that it was declared dead.
        client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
        client.AddActorDashboard();
    }

    static int PortOr(int port, IPAddress address) => port == 0 ? FreePort(address) : port;

    /// <summary>Finds a free port. Orleans can't: it would write the port 0 into the table of members.</summary>
    static int FreePort(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
