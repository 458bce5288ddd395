using System.Security.Cryptography;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Vault;

/// <summary>
/// Reads and writes <c>vault_key</c>. It has a few rows, which change a few times in the life of a database; whoever changes it locks it.
/// </summary>
static class VaultTable
{
    /// <summary>Processes that listen to it learn that keys were added.</summary>
    public const string Channel = "vault";

    public static List<WrappedKeys> Read(NpgsqlDataSource source)
    {
        using var connection = source.OpenConnection();
        return Read(connection);
    }

    /// <summary>Adds the first keys of a pack, unless another process has done so meanwhile.</summary>
    /// <exception cref="VaultException">No master key was named.</exception>
    public static void AddFirst(NpgsqlDataSource source, string pack, MasterKeys masters) =>
        Change(
            source,
            rows =>
                rows.Exists(r => r.Pack == pack)
                    ? []
                    : [WrappedKeys.New(pack, 1, Wrapping(pack, rows, masters), RandomNumberGenerator.GetBytes(Sealing.KeyLength))]
        );

    /// <summary>
    /// The master key for new keys: the one that wraps the keys there are. Only a rotation goes over to another one, when every process has
    /// been given both.
    /// </summary>
    static MasterKey Wrapping(string pack, List<WrappedKeys> rows, MasterKeys masters) =>
        rows.Count > 0 ? masters.Get(rows[^1].Master) : masters.Current ?? throw new VaultException(MasterKeys.Needed(pack));

    /// <summary>Writes rows, new ones or in the place of those there are, which depend on the rows there are.</summary>
    public static void Change(NpgsqlDataSource source, Func<List<WrappedKeys>, IReadOnlyList<WrappedKeys>> change)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using (var locking = new NpgsqlCommand("lock table vault_key in share row exclusive mode", connection))
            locking.ExecuteNonQuery();
        var rows = change(Read(connection));
        using var command = new NpgsqlCommand(
            """
            with changed as (
                insert into vault_key (pack, version, master, data_key, search_key) select * from unnest($1, $2, $3, $4, $5)
                on conflict (pack, version) do update
                    set master = excluded.master, data_key = excluded.data_key, search_key = excluded.search_key
                returning pack)
            select pg_notify($6, pack) from changed
            """,
            connection
        );
        command.Bind(
            Parameters.Texts(rows, r => r.Pack),
            Parameters.Integers(rows, r => r.Version),
            Parameters.Texts(rows, r => r.Master),
            Parameters.Bytes(rows, r => r.DataKey),
            Parameters.Bytes(rows, r => r.SearchKey),
            Parameters.Of(Channel)
        );
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    static List<WrappedKeys> Read(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            "select pack, version, master, data_key, search_key from vault_key order by pack, version",
            connection
        );
        using var reader = command.ExecuteReader();
        var rows = new List<WrappedKeys>();
        while (reader.Read())
            rows.Add(
                new(
                    reader.GetString(0),
                    reader.GetInt32(1),
                    reader.GetString(2),
                    reader.GetFieldValue<byte[]>(3),
                    reader.GetFieldValue<byte[]>(4)
                )
            );
        return rows;
    }
}
