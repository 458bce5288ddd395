using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace GridActors.Harness;

/// <summary>The private PostgreSQL that a service runs in its data folder, seen from outside.</summary>
public sealed class PrivateDatabase(string dataFolder)
{
    public const string User = "gridactors";

    /// <summary>The process id of the postmaster.</summary>
    public int PostmasterId => int.Parse(Postmaster()[0], CultureInfo.InvariantCulture);

    public bool IsRunning => File.Exists(PostmasterFile);

    /// <summary>Whether another server has started since the one with this process id. Its file is written line by line.</summary>
    public bool IsRunningAgain(int since)
    {
        try
        {
            return Postmaster() is { Length: > 4 } lines && lines[0] != since.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    }

    public string SocketFolder => Postmaster()[4];
    public string Password => File.ReadAllText(Path.Combine(dataFolder, "postgres-password")).Trim();

    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder
        {
            Host = SocketFolder,
            Port = int.Parse(Postmaster()[3], CultureInfo.InvariantCulture),
            Username = User,
            Database = User,
            Password = Password,
            MaxPoolSize = 4,
        }.ConnectionString;

    /// <summary>Kills the postmaster with SIGKILL. The server's other processes end when they notice.</summary>
    public void Kill() => Process.GetProcessById(PostmasterId).Kill();

    /// <summary>Stops all processes of the server with SIGSTOP, as when its machine is paused.</summary>
    /// <returns>Lets them continue.</returns>
    public async Task<Func<Task>> Freeze()
    {
        int[] processes = [PostmasterId, .. Children(PostmasterId)];
        await Signal("STOP", processes);
        return () => Signal("CONT", processes);
    }

    static IEnumerable<int> Children(int process) =>
        File.ReadAllText($"/proc/{process}/task/{process}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => int.Parse(p, CultureInfo.InvariantCulture));

    static async Task Signal(string name, int[] processes)
    {
        // One that has ended meanwhile is an error of kill, which doesn't matter.
        using var kill = Process.Start(
            new ProcessStartInfo("kill", ["-" + name, .. processes.Select(p => p.ToString(CultureInfo.InvariantCulture))])
            {
                RedirectStandardError = true,
            }
        )!;
        await kill.WaitForExitAsync();
    }

    string PostmasterFile => Path.Combine(dataFolder, "postgres", "postmaster.pid");

    // The lines are: process id, data folder, start time, port, socket folder, …
    string[] Postmaster() => File.ReadAllLines(PostmasterFile);
}
