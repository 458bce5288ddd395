using System.Globalization;
using System.Text.RegularExpressions;

namespace GridActors.Postgres;

/// <summary>The server's programs on this machine.</summary>
internal sealed partial record ServerBinaries(string Folder, int Major)
{
    internal const int OldestMajor = 15;
    internal const string Variable = "GRIDACTORS_POSTGRES_BIN";

    internal string Postgres => Path.Combine(Folder, "postgres");

    internal string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>The binaries that fit the cluster, or the newest when there is no cluster yet.</summary>
    internal static async Task<ServerBinaries> FindAsync(string? chosen, ServerCluster cluster, CancellationToken cancellation)
    {
        chosen ??= Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? variable : null;
        var folders = chosen is null ? await CandidatesAsync(cancellation) : [chosen];
        var found = new List<ServerBinaries>();
        foreach (var folder in folders)
        {
            if (await AskAsync(folder, cancellation) is not { } binaries)
                continue;
            found.Add(binaries);
            if (cluster.Major is null || cluster.Major == binaries.Major)
                break;
        }

        if (found.Count == 0)
            throw new ServerException(chosen is null
                ? $"PostgreSQL {OldestMajor} or later was not found on this machine: install it (apt-get install postgresql), name its folder in {Variable}, or set ConnectionStrings:grid to a server of your own."
                : $"The folder {chosen} has no PostgreSQL programs postgres and initdb: correct {Variable}.");
        if (cluster.Major is { } major)
            return found.Find(binaries => binaries.Major == major) ?? throw new ServerException(
                $"The data in {cluster.Folder} was made by PostgreSQL {major} but {found[0].Folder} has version {found[0].Major}: install PostgreSQL {major}, or move the data over with pg_upgrade.");
        var newest = found.MaxBy(binaries => binaries.Major)!;
        return newest.Major >= OldestMajor ? newest : throw new ServerException(
            $"PostgreSQL {newest.Major} in {newest.Folder} is too old: install version {OldestMajor} or later.");
    }

    static async Task<IEnumerable<string>> CandidatesAsync(CancellationToken cancellation)
    {
        var packaged = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) ? major : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        var folders = packaged.Concat(ServerCommand.SearchPath);
        if (ServerCommand.Find("pg_config") is { } config)
        {
            var answer = await ServerCommand.RunAsync([config, "--bindir"], cancellation);
            if (answer.Succeeded)
                folders = folders.Append(answer.Output);
        }

        return folders;
    }

    static async Task<ServerBinaries?> AskAsync(string folder, CancellationToken cancellation)
    {
        var binaries = new ServerBinaries(folder, 0);
        if (!File.Exists(binaries.Postgres) || !File.Exists(binaries.InitDb))
            return null;
        var answer = await ServerCommand.RunAsync([binaries.Postgres, "--version"], cancellation);
        var version = VersionInAnswer().Match(answer.Output);
        return version.Success ? binaries with { Major = int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture) } : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionInAnswer();
}
