using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GridActors.Domain;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using GridActors.Postgres;
using GridActors.Silo.Hosting;
using GridActors.Storage.Database;
using GridActors.Storage.Packs;
using GridActors.Storage.Time;
using GridActors.Web.Sessions;
using Microsoft.Extensions.Hosting.Systemd;
using Npgsql;

namespace GridActors.Silo.Verbs;

/// <summary><c>up</c>: runs the service.</summary>
static class UpCommand
{
    sealed record Asked(
        string[] Packs,
        int Port,
        string Address,
        string? Data,
        string? Database,
        bool Simulate,
        double Speed,
        bool? Demo,
        DateTimeOffset? Now,
        double? Pace,
        string? Certificate,
        string? Key,
        Roles Roles,
        bool? Cluster,
        string ClusterId,
        string SiloAddress,
        int SiloPort,
        int GatewayPort,
        string[] Overrides
    );

    public static Command Create()
    {
        var packs = new Option<string[]>("--pack")
        {
            Description = "A pack by name or folder; may be repeated. Default: liling and chengtanjiang.",
            AllowMultipleArgumentsPerToken = false,
        };
        var port = new Option<int>("--port") { Description = "The port to listen on.", DefaultValueFactory = _ => 5080 };
        var address = new Option<string>("--address")
        {
            Description = "The address to listen on; 0.0.0.0 for every network.",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        var (data, database) = (Options.Data(), Options.Database());
        var simulate = new Option<bool>("--simulate")
        {
            Description = "Plays a county's day beside the service, so that the boards are alive (demo only).",
        };
        var speed = new Option<double>("--speed") { Description = "How fast the simulated day passes.", DefaultValueFactory = _ => 30 };
        var demo = new Option<bool?>("--demo")
        {
            Description = "Gives every person of the packs an account. Default: true with the private database, false with your own.",
        };
        var now = new Option<DateTimeOffset?>("--now")
        {
            Description =
                "When time begins, e.g. 2026-02-12T16:40+08:00 (demo only, with new data). It goes on from there, also when the service is "
                + "started again.",
            CustomParser = r =>
            {
                if (WrittenTime.TryParse(r.Tokens[0].Value, out var at) && WorkingTime.Covers(at))
                    return at;
                r.AddError($"--now takes a time with its offset, like 2026-02-12T16:40+08:00, not {r.Tokens[0].Value}");
                return null;
            },
        };
        var pace = new Option<double?>("--pace")
        {
            Description = $"How many times faster than real time it passes, from 1 to {ServiceTime.MaxPace}. Default: 1, or as it was.",
        };
        pace.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double?>() is not (>= 1 and <= ServiceTime.MaxPace))
                r.AddError($"--pace takes a number from 1 to {ServiceTime.MaxPace}");
        });
        var certificate = new Option<string?>("--certificate")
        {
            Description = "Speak HTTPS with this certificate (PEM, with those that lead to a known one). It is read again when it changes.",
        };
        var key = new Option<string?>("--key") { Description = "The certificate's key (PEM). Default: it is in the certificate's file." };
        var role = new Option<string>("--role") { Description = "silo, web or both.", DefaultValueFactory = _ => "both" };
        role.AcceptOnlyFromAmong("silo", "web", "both");
        var cluster = new Option<bool?>("--cluster")
        {
            Description = "Several processes share the database. Default: true with a database of your own.",
        };
        var clusterId = new Option<string>("--cluster-id")
        {
            Description = "In a cluster: processes with the same id are one. A second id is for a change from blue to green.",
            DefaultValueFactory = _ => "gridactors",
        };
        var siloAddress = new Option<string>("--silo-address")
        {
            Description = "In a cluster: this machine's address in the network of the other processes; never a public one.",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        var siloPort = new Option<int>("--silo-port") { Description = "Between the silos of a cluster. Default: a free one." };
        var gatewayPort = new Option<int>("--gateway-port") { Description = "From web processes to a silo. Default: a free one." };
        var set = new Option<string[]>("--set")
        {
            Description = "A setting of appsettings.json, e.g. Journal:QueueLength=20000; may be repeated.",
        };
        set.Validators.Add(r =>
        {
            foreach (var token in r.Tokens)
                if (token.Value.IndexOf('=', StringComparison.Ordinal) < 1)
                    r.AddError($"--set takes NAME=VALUE, not {token.Value}");
        });
        var up = new Command("up", "Runs the service until Ctrl-C.")
        {
            packs,
            port,
            address,
            data,
            database,
            simulate,
            speed,
            demo,
            now,
            pace,
            certificate,
            key,
            role,
            cluster,
            clusterId,
            siloAddress,
            siloPort,
            gatewayPort,
            set,
        };
        up.SetAction(
            (r, cancellationToken) =>
                Run(
                    new(
                        r.GetValue(packs) is { Length: > 0 } some ? some : [.. PacksCommand.Default],
                        r.GetValue(port),
                        r.GetValue(address)!,
                        r.GetValue(data),
                        r.GetValue(database),
                        r.GetValue(simulate),
                        r.GetValue(speed),
                        r.GetValue(demo),
                        r.GetValue(now),
                        r.GetValue(pace),
                        r.GetValue(certificate),
                        r.GetValue(key),
                        Enum.Parse<Roles>(r.GetValue(role)!, ignoreCase: true),
                        r.GetValue(role) != "both" ? true : r.GetValue(cluster),
                        r.GetValue(clusterId)!,
                        r.GetValue(siloAddress)!,
                        r.GetValue(siloPort),
                        r.GetValue(gatewayPort),
                        r.GetValue(set) ?? []
                    ),
                    cancellationToken
                )
        );
        return up;
    }

    static async Task<int> Run(Asked asked, CancellationToken cancellationToken)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        if (asked.Cluster == true && string.IsNullOrEmpty(Options.ConnectionString(asked.Database)))
            return Terminal.Fail("The processes of a cluster share a PostgreSQL of your own: name it with --database.");
        try
        {
            var setsTime = asked.Now is not null || asked.Pace is not null;
            if (setsTime && (asked.Cluster == true || Options.ConnectionString(asked.Database) is { Length: > 0 }))
                return Terminal.Fail("Time can be set for the private database alone: leave --database, --cluster and --role out.");
            await using var database = await DatabaseSource.Open(asked.Database, asked.Data, cancellationToken);
            try
            {
                return await Serve(asked, database, started, cancellationToken);
            }
            catch (StartException e) when (database.FullDisk(e) is { } sentence)
            {
                return Terminal.Fail(sentence);
            }
        }
        catch (Exception e) when (e is StartException or ServerException)
        {
            return Terminal.Fail(e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    static async Task<int> Serve(
        Asked asked,
        DatabaseSource database,
        System.Diagnostics.Stopwatch started,
        CancellationToken cancellationToken
    )
    {
        if (PacksCommand.Read(asked.Packs, await Loaded(database, cancellationToken)) is not { } packs)
            return Terminal.Fail("The service doesn't start with a pack that isn't sound.");
        var isDemo = asked.Demo ?? database.IsPrivate;
        if (asked.Simulate && !isDemo)
            return Terminal.Fail("A simulated day is for a demo: add --demo true, or leave --simulate out.");
        if (asked.Simulate && asked.Certificate is not null)
            return Terminal.Fail("The simulated day speaks HTTP: leave --simulate or --certificate out.");
        var password = isDemo ? DemoPassword(database.DataFolder) : null;
        var settings = new ServiceSettings
        {
            ConnectionString = database.ConnectionString,
            Packs = packs,
            Url = $"{(asked.Certificate is null ? "http" : "https")}://{asked.Address}:{asked.Port}",
            CertificateFile = asked.Certificate,
            KeyFile = asked.Key,
            Roles = asked.Roles,
            // Processes that are given the same database are one cluster, unless an option says otherwise.
            IsClustered = asked.Cluster ?? !database.IsPrivate,
            ClusterId = asked.ClusterId,
            MasterKeyFile = database.MasterKeyFile,
            DemoPassword = password,
            Now = asked.Now,
            Pace = asked.Pace,
            IsDemoAskedFor = asked.Demo == true,
            SiloAddress = asked.SiloAddress,
            SiloPort = asked.SiloPort,
            GatewayPort = asked.GatewayPort,
            SimulationSpeed = asked.Simulate ? asked.Speed : null,
            // The simulator plays many people, some of them much faster than anybody works.
            Overrides = asked.Simulate ? ["Limits:WritesPerSecond=0", .. asked.Overrides] : asked.Overrides,
        };
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminated = PosixSignalRegistration.Create(
            PosixSignal.SIGHUP,
            c =>
            {
                c.Cancel = true;
                stopping.Cancel();
            }
        );
        for (var isFirst = true; ; isFirst = false)
        {
            await using var host = await ServiceHost.Start(settings, cancellationToken);
            // A free port, once found, stays, and so does a time that has begun.
            settings = settings with
            {
                Url = host.Url,
                Now = null,
            };
            if (isFirst)
                Greet(host, asked, database, password, started.Elapsed);
            await host.WaitForShutdown(stopping.Token);
            if (!host.WasClockSetBack || stopping.IsCancellationRequested)
                return 0;
            // systemd was told that the process is stopping, and starts another one.
            if (SystemdHelpers.IsSystemdService())
                return 1;
        }
    }

    static async Task<IReadOnlyDictionary<string, string>> Loaded(DatabaseSource database, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = DatabaseExtensions.Open(database.ConnectionString);
            return await PackStore.Loaded(source, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException)
        {
            throw StartFailures.Explain(e, new() { ConnectionString = "" });
        }
    }

    static void Greet(ServiceHost host, Asked asked, DatabaseSource database, string? password, TimeSpan took)
    {
        Console.WriteLine(
            $"""

            GridActors is up: {host.Url} ({took.TotalSeconds:F1} s)
              version   {ServiceVersion.Number}
              data      {(database.IsPrivate ? database.DataFolder : "your own PostgreSQL")}
              packs     {string.Join(", ", asked.Packs.Select(Path.GetFileName))}{MasterKey(host.Services, database)}
              sign in   {SignIn(password, database.DataFolder)}{Time(host.Services)}
            Ctrl-C stops it.

            """
        );
        if (password is not null && host.Services.GetRequiredService<DemoExposure>().IsExposed)
            Console.Error.WriteLine("WARNING: this is a demo, and other machines reach it: anybody there can sign in as anybody.");
    }

    /// <summary>The line that says where the master key is that a private database has made.</summary>
    static string MasterKey(IServiceProvider services, DatabaseSource database) =>
        database.MasterKeyFile is { } file && !MasterKeyFiles.IsNamed(services.GetRequiredService<IConfiguration>())
            ? $"{Environment.NewLine}  keys      {file} opens the personal data: keep a copy of it, apart from the database's back-ups"
            : "";

    /// <summary>The line that says which time it is, where that isn't the machine's.</summary>
    static string Time(IServiceProvider services)
    {
        var time = services.GetRequiredService<ServiceTime>();
        if (!time.IsSet)
            return "";
        var zone = services.GetRequiredService<IPacks>().Current.Packs.First().WorkingTime;
        var now = zone.Local(time.GetUtcNow()).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
        var pace = time.Pace > 1 ? string.Create(CultureInfo.InvariantCulture, $", and time passes {time.Pace} times as fast") : "";
        return $"{Environment.NewLine}  time      it is {now} here (--now){pace}";
    }

    /// <summary>How people sign in. A password is shown on a terminal only: what is written elsewhere is kept, as in a journal.</summary>
    static string SignIn(string? password, string? dataFolder)
    {
        if (password is null)
            return "with an account made by ./gridactors account set";
        if (!Console.IsOutputRedirected)
            return $"choose somebody on the page, or any person id with the password {password}";
        return dataFolder is null
            ? "choose somebody on the page, or any person id with the password in GRIDACTORS_DEMO_PASSWORD"
            : $"choose somebody on the page, or any person id with the password in {PasswordFile(dataFolder)}";
    }

    static string PasswordFile(string dataFolder) => Path.Combine(dataFolder, "demo-password");

    /// <summary>
    /// The password of a demo: from the environment, or a random one that is made once. It is kept in the private data folder, where only
    /// the owner can read it and where simulate and replay find it.
    /// </summary>
    static string DemoPassword(string? dataFolder)
    {
        var given = Environment.GetEnvironmentVariable("GRIDACTORS_DEMO_PASSWORD");
        if (dataFolder is null)
            return string.IsNullOrEmpty(given) ? Generate() : given;
        var file = PasswordFile(dataFolder);
        var kept = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        var password =
            !string.IsNullOrEmpty(given) ? given
            : kept.Length > 0 ? kept
            : Generate();
        if (password == kept)
            return password;
        File.WriteAllText(file, "");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(file, password);
        return password;
    }

    static string Generate() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12);
}
