using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GridActors.Postgres;

/// <summary>The files of the private server below the data folder, and how they come to be.</summary>
sealed class ServerCluster
{
    public const string User = "gridactors";
    public const int Port = 5432;

    /// <summary>Socket addresses end at 107 bytes; a little room is left for systems that allow less.</summary>
    const int LongestSocketPath = 90;

    public ServerCluster(string dataFolder)
    {
        DataFolder = dataFolder;
        Folder = Path.Combine(dataFolder, "postgres");
        LogFile = Path.Combine(dataFolder, "postgres.log");
        SettingsFile = Path.Combine(dataFolder, "postgres.conf");
        var run = Path.Combine(dataFolder, "run");
        SocketFolder =
            Encoding.UTF8.GetByteCount(SocketIn(run)) <= LongestSocketPath && run.All(MeansItself)
                ? run
                : $"/tmp/gridactors-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataFolder)).AsSpan(0, 8))}";
    }

    public string DataFolder { get; }

    /// <summary>What <c>initdb</c> made.</summary>
    public string Folder { get; }
    public string LogFile { get; }
    public string SettingsFile { get; }
    public string SocketFolder { get; }
    public string SocketFile => SocketIn(SocketFolder);

    public string ProcessFile => Path.Combine(Folder, "postmaster.pid");

    string PasswordFile => Path.Combine(DataFolder, "postgres-password");

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
            // In /tmp anybody may have put something under this name: an empty folder or a link goes, anything else is refused below.
            if (Path.Exists(SocketFolder))
                Directory.Delete(SocketFolder);
            await account.MakeFolder(SocketFolder, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ServerException(
                $"The folder {SocketFolder} for the database's socket belongs to somebody else: remove it, or choose a shorter path with --data.",
                failure
            );
        }
        if (!await account.Owns(SocketFolder, cancellationToken))
            throw new ServerException(
                $"The folder {SocketFolder} for the database's socket could not be given to the user {account.Name}: choose another folder with --data."
            );
    }

    public void RemoveSocketFolder()
    {
        // The one in the data folder stays; one elsewhere would be litter.
        if (
            !SocketFolder.StartsWith(DataFolder, StringComparison.Ordinal)
            && Directory.Exists(SocketFolder)
            && !Directory.EnumerateFileSystemEntries(SocketFolder).Any()
        )
            Directory.Delete(SocketFolder);
    }

    /// <summary>The password of the cluster: made before the cluster is, so that no cluster ever lacks one.</summary>
    public string Password()
    {
        if (File.Exists(PasswordFile) && File.ReadAllText(PasswordFile).Trim() is { Length: > 0 } kept)
            return kept;
        if (Exists)
            throw new ServerException($"The password file {PasswordFile} is missing: put it back from a backup of {DataFolder}.");
        var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        ServerFiles.Write(PasswordFile, password + "\n", ServerFiles.OwnerOnly);
        return password;
    }

    /// <summary>
    /// Makes the cluster in a folder of another name that gets its own only when it is complete: one that was interrupted is
    /// remade, and one that was ever in use is never touched.
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
                // The initdb of a host that was killed may still be writing; it ends by itself.
            }
    }

    /// <summary>Written at every start, so that a new version of the host brings its settings along.</summary>
    public void WriteSettings() =>
        // Outside the cluster, where only the host writes; the server's account reads it.
        ServerFiles.Write(SettingsFile, ServerSettings.Text(this), ServerFiles.ForAllToRead);

    /// <summary>Neither the server's settings nor a connection string reads the character as more than itself.</summary>
    static bool MeansItself(char character) => char.IsLetterOrDigit(character) || character is '/' or '.' or '-' or '_';

    static string SocketIn(string folder) => Path.Combine(folder, $".s.PGSQL.{Port}");
}
