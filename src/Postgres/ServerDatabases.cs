using Npgsql;

namespace GridActors.Postgres;

/// <summary>
/// The databases of the private server, and the connections to them. The server's own account, a superuser, only prepares them. The service
/// works as a role that owns its database and may do nothing else on the server.
/// </summary>
sealed class ServerDatabases(ServerCluster cluster)
{
    readonly string _password = cluster.Password();
    readonly string _servicePassword = cluster.ServicePassword();

    /// <summary>Makes the role of the service, and takes every right from it that it doesn't need.</summary>
    public async Task PrepareRole(CancellationToken cancellationToken)
    {
        await using var server = await Connect("postgres", cancellationToken);
        await Run(
            server,
            $"""
            do $$
            begin
                if not exists (select from pg_roles where rolname = '{ServerCluster.ServiceRole}') then
                    create role {ServerCluster.ServiceRole};
                end if;
            end $$;
            alter role {ServerCluster.ServiceRole}
                login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '{_servicePassword}'
            """,
            cancellationToken
        );
    }

    /// <inheritdoc cref="Create(string, string, CancellationToken)"/>
    public Task<string> Create(string name, CancellationToken cancellationToken) => Create(name, "template0", cancellationToken);

    /// <summary>Creates the database unless it exists, and gives it to the role of the service.</summary>
    /// <param name="template">
    /// What is copied. Nobody can connect to template0, and PostgreSQL can't copy what somebody is connected to.
    /// </param>
    /// <returns>The database's connection string.</returns>
    public async Task<string> Create(string name, string template, CancellationToken cancellationToken)
    {
        await using (var server = await Connect("postgres", cancellationToken))
        {
            await using var owner = new NpgsqlCommand("select datdba::regrole::text from pg_database where datname = $1", server)
            {
                Parameters = { new() { Value = name } },
            };
            switch (await owner.ExecuteScalarAsync(cancellationToken))
            {
                case null:
                    await Make(server, name, template, cancellationToken);
                    break;
                case not ServerCluster.ServiceRole:
                    await Run(server, $"alter database {Quoted(name)} owner to {ServerCluster.ServiceRole}", cancellationToken);
                    break;
            }
        }
        await using var database = await Connect(name, cancellationToken);
        await HandOver(database, cancellationToken);
        return ConnectionStringTo(name);
    }

    static async Task Make(NpgsqlConnection server, string name, string template, CancellationToken cancellationToken)
    {
        try
        {
            await Run(
                server,
                $"create database {Quoted(name)} template {Quoted(template)} owner {ServerCluster.ServiceRole}",
                cancellationToken
            );
        }
        catch (PostgresException race) when (race.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another caller created it first.
        }
    }

    static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>
    /// Makes the extension, and gives the tables to the role of the service: those of a data folder from before version 0.5 belong to the
    /// server's own account. An identity column's sequence follows its table, and what belongs to an extension stays.
    /// </summary>
    static Task HandOver(NpgsqlConnection database, CancellationToken cancellationToken) =>
        Run(
            database,
            $"""
            select pg_advisory_xact_lock(0); -- Until the end of these statements: two callers can't make one extension.
            create extension if not exists pg_trgm;
            do $$
            declare
                name text;
            begin
                for name in
                    select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'S')
                        and c.relowner <> '{ServerCluster.ServiceRole}'::regrole
                        and not exists (
                            select from pg_depend d
                            where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'e', 'i'))
                loop
                    execute format('alter table %s owner to {ServerCluster.ServiceRole}', name);
                end loop;
            end $$
            """,
            cancellationToken
        );

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

    /// <summary>Connects as the role of the service.</summary>
    public string ConnectionStringTo(string database) =>
        ConnectionString(cluster.SocketFolder, ServerCluster.ServiceRole, _servicePassword, database);

    internal static string ConnectionString(string socketFolder, string role, string password, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = socketFolder,
            Port = ServerCluster.Port,
            Username = role,
            Password = password,
            Database = database,
            // On a private socket neither is useful, and offering each costs a round trip.
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    /// <summary>Connects as the server's own account.</summary>
    async Task<NpgsqlConnection> Connect(string database, CancellationToken cancellationToken)
    {
        var own = ConnectionString(cluster.SocketFolder, ServerCluster.User, _password, database);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(own) { Pooling = false, Timeout = 10 }.ConnectionString);
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

    static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
