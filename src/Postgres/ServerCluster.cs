using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GridActors.Postgres;

/// <summary>The files of the private server below the data folder, and how they are made.</summary>
sealed class ServerCluster
{
    /// <summary>The server's own account, a superuser, and the name of the service's database.</summary>
    public const string User = "gridactors";

    /// <summary>What the service connects as.</summary>
    public const string ServiceRole = "gridactors_service";
    public const int Port = 5432;

    /// <summary>A socket's path may have at most 107 bytes on Linux, and fewer on other systems.</summary>
    const int MaxSocketPath = 90;

    public ServerCluster(string dataFolder)
    {
        DataFolder = dataFolder;
        Folder = Path.Combine(dataFolder, "postgres");
        LogFile = Path.Combine(dataFolder, "postgres.log");
        SettingsFile = Path.Combine(dataFolder, "postgres.conf");
        var run = Path.Combine(dataFolder, "run");
        SocketFolder =
            Encoding.UTF8.GetByteCount(SocketIn(run)) <= MaxSocketPath && run.All(MeansItself)
                ? run
                : $"/tmp/gridactors-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataFolder)).AsSpan(0, 8))}";
    }

    public string DataFolder { get; }

    /// <summary>The folder that <c>initdb</c> makes.</summary>
    public string Folder { get; }
    public string LogFile { get; }
    public string SettingsFile { get; }
    public string SocketFolder { get; }
    public string SocketFile => SocketIn(SocketFolder);

    public string ProcessFile => Path.Combine(Folder, "postmaster.pid");

    string PasswordFile => Path.Combine(DataFolder, "postgres-password");

    string ServicePasswordFile => Path.Combine(DataFolder, "postgres-service-password");

    string VersionFile => Path.Combine(Folder, "PG_VERSION");

    public bool Exists => File.Exists(VersionFile);

    /// <summary>The PostgreSQL version that made the cluster, or null when there is none yet.</summary>
    public int? Major => Exists ? int.Parse(File.ReadAllText(VersionFile).Trim(), CultureInfo.InvariantCulture) : null;

    public async Task PrepareSocketFolder(ServerAccount account, CancellationToken cancellationToken)
    {
        if (await account.Owns(SocketFolder, cancellationToken))
            return;
        try
        {
            // Anybody may have put something under this name in /tmp. An empty folder or a link is removed; anything else fails here and is
            // reported below.
            if (Path.Exists(SocketFolder))
                Directory.Delete(SocketFolder);
            await account.MakeFolder(SocketFolder, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ServerException(
                $"The folder {SocketFolder} for the database's socket belongs to somebody else: "
                    + "remove it, or choose a shorter path with --data.",
                failure
            );
        }
        if (!await account.Owns(SocketFolder, cancellationToken))
            throw new ServerException(
                $"The folder {SocketFolder} for the database's socket could not be given to the user {account.Name}: "
                    + "choose another folder with --data."
            );
    }

    public void RemoveSocketFolder()
    {
        // A socket folder outside the data folder is removed, so that nothing is left behind in /tmp.
        if (
            !SocketFolder.StartsWith(DataFolder, StringComparison.Ordinal)
            && Directory.Exists(SocketFolder)
            && !Directory.EnumerateFileSystemEntries(SocketFolder).Any()
        )
            Directory.Delete(SocketFolder);
    }

    /// <summary>The cluster's password. It is made before the cluster, so that every cluster has one.</summary>
    public string Password()
    {
        if (File.Exists(PasswordFile) && File.ReadAllText(PasswordFile).Trim() is { Length: > 0 } kept)
            return kept;
        if (Exists)
            throw new ServerException($"The password file {PasswordFile} is missing: put it back from a backup of {DataFolder}.");
        return MakePassword(PasswordFile);
    }

    /// <summary>The password of the service's role. A missing one is made anew: every start gives it to the role.</summary>
    public string ServicePassword() => KeptServicePassword() ?? MakePassword(ServicePasswordFile);

    public string? KeptServicePassword() =>
        File.Exists(ServicePasswordFile) && File.ReadAllText(ServicePasswordFile).Trim() is { Length: > 0 } kept ? kept : null;

    static string MakePassword(string file)
    {
        var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        ServerFiles.Write(file, password + "\n", ServerFiles.OwnerOnly);
        return password;
    }

    /// <summary>
    /// Makes the cluster in a temporary folder, which is renamed when the cluster is complete. So an interrupted one is made again, and one
    /// that was in use is never overwritten.
    /// </summary>
    public async Task Make(ServerBinaries binaries, ServerAccount account, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Folder) && Directory.EnumerateFileSystemEntries(Folder).Any())
            throw new ServerException(
                $"The folder {Folder} holds something that is not a PostgreSQL cluster: move it away, or choose another folder with --data."
            );
        var unfinished = Folder + ".unfinished";
        await Remove(unfinished, cancellationToken);
        var made = Path.Combine(unfinished, "cluster");
        var password = Path.Combine(unfinished, "password");
        await account.MakeFolder(unfinished, cancellationToken);
        ServerFiles.Write(password, Password(), ServerFiles.OwnerOnly);
        await account.HandOver(password, cancellationToken);

        var done = await ServerCommand.Run(
            account.Command(
                binaries.InitDb,
                "--pgdata",
                made,
                "--locale=C.UTF-8",
                "--encoding=UTF8",
                "--auth=scram-sha-256",
                $"--username={User}",
                $"--pwfile={password}",
                "--no-instructions"
            ),
            cancellationToken
        );
        if (!done.Succeeded)
        {
            await File.AppendAllTextAsync(LogFile, done.Output + "\n", cancellationToken);
            throw ServerFailure.From("PostgreSQL could not make its files", done.Output, this);
        }
        if (Directory.Exists(Folder))
            Directory.Delete(Folder);
        Directory.Move(made, Folder);
        Directory.Delete(unfinished, recursive: true);
    }

    static async Task Remove(string folder, CancellationToken cancellationToken)
    {
        for (var patience = Stopwatch.StartNew(); Directory.Exists(folder); await Task.Delay(100, cancellationToken))
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (patience.Elapsed < TimeSpan.FromSeconds(10))
            {
                // The initdb of a killed host may still write into it. It will end by itself.
            }
    }

    /// <summary>Writes the settings at every start, so that a new version of the host brings its own.</summary>
    public async Task WriteSettings(ServerBinaries binaries, CancellationToken cancellationToken)
    {
        var text = ServerSettings.Text(this, await binaries.Accepts("wal_compression", "lz4", Folder, cancellationToken));
        // The file is outside the cluster: only the host writes it, and the server's account reads it.
        ServerFiles.Write(SettingsFile, text, ServerFiles.ForAllToRead);
    }

    /// <summary>True when the character has no special meaning in the server's settings or in a connection string.</summary>
    static bool MeansItself(char character) => char.IsLetterOrDigit(character) || character is '/' or '.' or '-' or '_';

    static string SocketIn(string folder) => Path.Combine(folder, $".s.PGSQL.{Port}");
}
