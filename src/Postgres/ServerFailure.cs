using System.Text.RegularExpressions;

namespace GridActors.Postgres;

/// <summary>Turns failures of the server and the file system into one sentence that says what to do.</summary>
static partial class ServerFailure
{
    const int NoSpaceLeft = 28;
    const int DiskQuotaExceeded = 122;

    static readonly string[] SignsOfFullDisk = ["No space left on device", "Disk quota exceeded", "Check free disk space", "wrote only "];

    public static bool IsFullDisk(IOException failure) => failure.HResult is NoSpaceLeft or DiskQuotaExceeded;

    public static ServerException FullDisk(string folder, Exception? inner = null) =>
        new($"The disk that holds {folder} is full: make room on it, or choose a folder on another disk with --data.", inner);

    public static ServerException NotOurs(string folder, Exception? inner = null) =>
        new(
            $"The data folder {folder} may not be read and written by the user {Environment.UserName}: "
                + "run as the user it belongs to, or choose another folder with --data.",
            inner
        );

    /// <param name="what">What failed, as the beginning of the sentence.</param>
    /// <param name="said">The program's output.</param>
    public static ServerException From(string what, string said, ServerCluster cluster)
    {
        if (SignsOfFullDisk.Any(sign => said.Contains(sign, StringComparison.Ordinal)))
            return FullDisk(cluster.DataFolder);
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var reason =
            lines.Select(line => Complaint().Match(line)).LastOrDefault(match => match.Success)?.Groups[1].Value
            ?? lines.LastOrDefault()
            ?? "it said nothing";
        return new ServerException($"{what}: {reason.TrimEnd('.')}; more in {cluster.LogFile}.");
    }

    [GeneratedRegex("(?:FATAL|PANIC|error): *(.+)$")]
    private static partial Regex Complaint();
}
