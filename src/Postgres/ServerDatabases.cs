using Npgsql;

namespace GridActors.Postgres;

/// <summary>The databases of the private server, and the connections to them.</summary>
sealed class ServerDatabases(ServerCluster cluster)
{
    readonly string _password = cluster.Password();

    /// <summary>Creates the database unless it exists.</summary>
    /// <returns>The database's connection string.</returns>
    public async Task<string> Create(string name, CancellationToken cancellationToken)
    {
        await using var connection = await Connect("postgres", cancellationToken);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection)
        {
            Parameters = { new() { Value = name } },
        };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            // Copies template0: PostgreSQL can't copy a template that somebody is connected to, and nobody can connect to this one.
            var quoted = name.Replace("\"", "\"\"", StringComparison.Ordinal);
            await using var create = new NpgsqlCommand($"create database \"{quoted}\" template template0", connection);
            try
            {
                await create.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (PostgresException race)
                when (race.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another caller created it first.
            }
        }
        return ConnectionStringTo(name);
    }

    /// <returns>Why the server refuses a connection; null when it accepts one.</returns>
    /// <exception cref="ServerException">The server will never accept one.</exception>
    public async Task<NpgsqlException?> ConnectionFailure(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Connect("postgres", cancellationToken);
            return null;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new ServerException(
                $"The password kept in {cluster.DataFolder} is not that of the database in {cluster.Folder}: "
                    + "put both back from the same backup.",
                refused
            );
        }
        catch (NpgsqlException refused)
        {
            return refused;
        }
    }

    public string ConnectionStringTo(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = cluster.SocketFolder,
            Port = ServerCluster.Port,
            Username = ServerCluster.User,
            Password = _password,
            Database = database,
            // On a private socket neither is useful, and offering each costs a round trip.
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    async Task<NpgsqlConnection> Connect(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionStringTo(database)) { Pooling = false, Timeout = 10 }.ConnectionString
        );
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
