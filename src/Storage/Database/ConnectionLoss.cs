using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>Tells a connection that broke from a statement that was refused.</summary>
static class ConnectionLoss
{
    /// <summary>57P: the server is shutting down; 08: the connection failed; 53300: the server has too many connections.</summary>
    public static bool Is(PostgresException e) =>
        e.SqlState.StartsWith("57P", StringComparison.Ordinal)
        || e.SqlState.StartsWith("08", StringComparison.Ordinal)
        || e.SqlState == PostgresErrorCodes.TooManyConnections;
}
