using Npgsql;

namespace GridActors.Harness;

/// <summary>
/// Makes a database refuse rows of the journal and new tables, with the error of a full disk. A service looks for space with a new table.
/// </summary>
public static class FullDisk
{
    public static Task Fill(TestPostgres server, string connectionString) =>
        Execute(
            server,
            connectionString,
            """
            create or replace function disk_full() returns trigger language plpgsql as
                $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
            create trigger disk_full before insert on journal execute function disk_full();
            create or replace function disk_full_for_tables() returns event_trigger language plpgsql as
                $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
            create event trigger disk_full_for_tables on ddl_command_start when tag in ('CREATE TABLE AS')
                execute function disk_full_for_tables()
            """
        );

    public static Task MakeRoom(TestPostgres server, string connectionString) =>
        Execute(server, connectionString, "drop event trigger disk_full_for_tables; drop trigger disk_full on journal");

    static async Task Execute(TestPostgres server, string connectionString, string sql)
    {
        // Only the server's own account may make a trigger for every new table.
        var own = new NpgsqlConnectionStringBuilder(server.Database.ConnectionString)
        {
            Database = new NpgsqlConnectionStringBuilder(connectionString).Database,
            Pooling = false,
        };
        await using var data = NpgsqlDataSource.Create(own);
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
