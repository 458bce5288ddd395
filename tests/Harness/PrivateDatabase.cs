using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace GridActors.Harness;

/// <summary>The private PostgreSQL that a service runs in its data folder, seen from outside.</summary>
public sealed class PrivateDatabase(string dataFolder)
{
    public const string User = "gridactors";

    /// <summary>The server's first process.</summary>
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

    /// <summary>SIGKILL to the server's first process; its others leave when they notice.</summary>
    public void Kill() => Process.GetProcessById(PostmasterId).Kill();

    // Process id, data folder, start time, port, socket folder, …
    string[] Postmaster() => File.ReadAllLines(Path.Combine(dataFolder, "postgres", "postmaster.pid"));
}
