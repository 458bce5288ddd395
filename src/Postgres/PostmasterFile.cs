using System.Globalization;

namespace GridActors.Postgres;

/// <summary>What the server's file <c>postmaster.pid</c> says about it.</summary>
sealed record PostmasterFile(int ProcessId, string SocketFolder, string Status)
{
    public bool IsReady => Status == "ready";

    public static PostmasterFile? Read(ServerCluster cluster)
    {
        try
        {
            var lines = File.ReadAllLines(cluster.ProcessFile);
            return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId) && processId > 1
                ? new PostmasterFile(processId, lines.ElementAtOrDefault(4) ?? "", lines.ElementAtOrDefault(7)?.Trim() ?? "")
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
