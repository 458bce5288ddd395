using System.Globalization;
using System.Text.RegularExpressions;

namespace GridActors.Postgres;

/// <summary>The server's programs on this machine.</summary>
sealed partial record ServerBinaries(string Folder, int Major)
{
    public const int OldestMajor = 15;
    public const string Variable = "GRIDACTORS_POSTGRES_BIN";

    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>The binaries of the version that made the cluster, or the newest ones when there is no cluster yet.</summary>
    public static async Task<ServerBinaries> Find(string? chosen, ServerCluster cluster, CancellationToken cancellationToken)
    {
        chosen ??= Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : null;
        var folders = chosen is null ? await Candidates(cancellationToken) : [chosen];
        var found = new List<ServerBinaries>();
        foreach (var folder in folders)
        {
            if (await Ask(folder, cancellationToken) is not { } binaries)
                continue;
            found.Add(binaries);
            if (cluster.Major is null || cluster.Major == binaries.Major)
                break;
        }
        if (found.Count == 0)
            throw new ServerException(
                chosen is null
                    ? $"PostgreSQL {OldestMajor} or later was not found on this machine: install it (apt-get install postgresql), "
                        + $"name its folder in {Variable}, or set ConnectionStrings:grid to a server of your own."
                    : $"The folder {chosen} has no PostgreSQL programs postgres and initdb: correct {Variable}."
            );
        if (cluster.Major is { } major)
            return found.Find(binaries => binaries.Major == major)
                ?? throw new ServerException(
                    $"The data in {cluster.Folder} was made by PostgreSQL {major} but {found[0].Folder} has version {found[0].Major}: "
                        + $"install PostgreSQL {major}, or move the data over with pg_upgrade."
                );
        var newest = found.MaxBy(binaries => binaries.Major)!;
        return newest.Major >= OldestMajor
            ? newest
            : throw new ServerException(
                $"PostgreSQL {newest.Major} in {newest.Folder} is too old: install version {OldestMajor} or later."
            );
    }

    /// <summary>
    /// Whether this build takes a value of a setting; some depend on the libraries that it was built with. No server is started.
    /// </summary>
    public async Task<bool> Accepts(string setting, string value, string dataFolder, CancellationToken cancellationToken)
    {
        const string Nothing = "/dev/null";
        string[] files = ["-c", $"config_file={Nothing}", "-c", $"hba_file={Nothing}", "-c", $"ident_file={Nothing}"];
        // -C must come first: only then may the superuser run it.
        var answer = await ServerCommand.Run(
            [Postgres, "-C", setting, "-D", dataFolder, "-c", $"{setting}={value}", .. files],
            cancellationToken
        );
        return answer.Succeeded;
    }

    static async Task<IEnumerable<string>> Candidates(CancellationToken cancellationToken)
    {
        var packaged = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder =>
                    int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) ? major : 0
                )
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        var folders = packaged.Concat(ServerCommand.SearchPath);
        if (ServerCommand.Find("pg_config") is { } config)
        {
            var answer = await ServerCommand.Run([config, "--bindir"], cancellationToken);
            if (answer.Succeeded)
                folders = folders.Append(answer.Output);
        }
        return folders;
    }

    static async Task<ServerBinaries?> Ask(string folder, CancellationToken cancellationToken)
    {
        var binaries = new ServerBinaries(folder, 0);
        if (!File.Exists(binaries.Postgres) || !File.Exists(binaries.InitDb))
            return null;
        var answer = await ServerCommand.Run([binaries.Postgres, "--version"], cancellationToken);
        var version = VersionInAnswer().Match(answer.Output);
        return version.Success ? binaries with { Major = int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture) } : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionInAnswer();
}
