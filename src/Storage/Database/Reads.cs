using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>
/// After a restart of the database or a cut in the network, the idle connections of the pool are dead, and whoever takes one learns it by
/// the failure of a query. A read is therefore made again once: the failure has emptied the pool, so the second attempt gets a new
/// connection. A write isn't, because it may have been done.
/// </summary>
public static class Reads
{
    /// <exception cref="NpgsqlException">The database is unavailable.</exception>
    public static async Task<TAnswer> Repeat<TAnswer>(Func<CancellationToken, Task<TAnswer>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(cancellationToken);
        }
        catch (NpgsqlException e) when (IsConnectionLost(e))
        {
            return await read(cancellationToken);
        }
    }

    /// <summary>
    /// Whether a query failed because its connection was dead. One that took too long isn't meant: it would take as long again.
    /// </summary>
    public static bool IsConnectionLost(NpgsqlException failure) => failure is { IsTransient: true, InnerException: not TimeoutException };
}
