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

    // The lines are: process id, data folder, start time, port, socket folder, …
    string[] Postmaster() => File.ReadAllLines(Path.Combine(dataFolder, "postgres", "postmaster.pid"));
}
