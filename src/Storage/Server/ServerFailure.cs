namespace GridActors.Storage.Server;

/// <summary>Turns what the server and the file system say into the one sentence a person needs.</summary>
internal static class ServerFailure
{
    const int NoSpaceLeft = 28;
    const int DiskQuotaExceeded = 122;

    internal static bool IsFullDisk(IOException failure) => failure.HResult is NoSpaceLeft or DiskQuotaExceeded;

    internal static ServerException FullDisk(string folder, Exception? inner = null) =>
        new($"The disk that holds {folder} is full: make room on it, or choose a folder on another disk with --data.", inner);

    internal static ServerException NotOurs(string folder, Exception? inner = null) =>
        new($"The data folder {folder} may not be read and written by the user {Environment.UserName}: run as the user it belongs to, or choose another folder with --data.", inner);

    /// <param name="what">What was under way, as the subject and verb of the sentence.</param>
    /// <param name="said">The program's own words.</param>
    internal static ServerException From(string what, string said, ServerCluster cluster)
    {
        if (said.Contains("No space left on device", StringComparison.Ordinal) || said.Contains("Disk quota exceeded", StringComparison.Ordinal))
            return FullDisk(cluster.DataFolder);
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var reason = Array.FindLast(lines, Tells) ?? lines.LastOrDefault() ?? "it said nothing";
        return new ServerException($"{what}: {reason.TrimEnd('.')}; more in {cluster.LogFile}.");
    }

    static bool Tells(string line) =>
        line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal) || line.Contains("error:", StringComparison.Ordinal);
}
