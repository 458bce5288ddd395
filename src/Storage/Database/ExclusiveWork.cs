using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>Work that one process at a time does, of all that share a database.</summary>
static class ExclusiveWork
{
    /// <param name="name">What is worked on.</param>
    /// <returns>
    /// The lock, until it is disposed of; null when another process has it. When that process dies, the lock is free.
    /// </returns>
    public static async Task<IAsyncDisposable?> TryBegin(NpgsqlDataSource source, string name, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            // The lock ends with its transaction, which is rolled back when the connection is disposed of or breaks.
            await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtext($1))", connection);
            command.Bind(Parameters.Of(name));
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
                return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }
}
