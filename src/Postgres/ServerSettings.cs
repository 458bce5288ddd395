namespace GridActors.Postgres;

/// <summary>The private server's settings. Those in <c>postgres.local.conf</c> in the data folder override them.</summary>
static class ServerSettings
{
    /// <param name="compressesFast">Whether this build of the server knows lz4.</param>
    public static string Text(ServerCluster cluster, bool compressesFast)
    {
        var local = Path.Combine(cluster.DataFolder, "postgres.local.conf");
        return $"""
            # Written by GridActors at every start. Your own settings go into postgres.local.conf beside this file.

            # Reached through a socket only.
            listen_addresses = ''
            port = {ServerCluster.Port}
            unix_socket_directories = {Quoted(cluster.SocketFolder)}
            unix_socket_permissions = 0700
            max_connections = 100

            # What is acknowledged is on disk.
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            wal_level = replica
            # lz4 takes a fraction of the time of PostgreSQL's own method, which was a fifth of what a claim costs the server.
            wal_compression = {(compressesFast ? "lz4" : "on")}
            max_wal_size = 2GB
            min_wal_size = 256MB
            checkpoint_timeout = 15min

            shared_buffers = 256MB
            work_mem = 8MB
            maintenance_work_mem = 128MB
            # Containers often have a tiny /dev/shm: parallel queries take from here first.
            min_dynamic_shared_memory = 64MB
            effective_cache_size = 1GB
            random_page_cost = 1.1
            # Short statements: compiling them costs more than it gains.
            jit = off

            # Tables that change with every case are vacuumed while that is still little work.
            autovacuum = on
            autovacuum_naptime = 15s
            autovacuum_vacuum_scale_factor = 0.05
            autovacuum_vacuum_insert_scale_factor = 0.1
            autovacuum_vacuum_cost_limit = 1000

            timezone = 'UTC'
            log_timezone = 'UTC'

            # To the file that the host keeps small. Terse, and without parameters: values are personal data.
            log_destination = stderr
            logging_collector = off
            log_line_prefix = '%m [%p] '
            log_error_verbosity = terse
            log_min_error_statement = panic
            log_parameter_max_length = 0
            log_parameter_max_length_on_error = 0
            log_min_duration_statement = 2s

            {(File.Exists(local) ? $"include = {Quoted(local)}" : "")}

            """;
    }

    static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
