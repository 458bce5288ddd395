using System.Data;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace GridActors.Storage.Access;

/// <param name="Entries">How many entries there are.</param>
/// <param name="Last">The newest one's position.</param>
/// <param name="Hash">The newest one's hash, to be noted outside: somebody who rewrites the whole journal can't arrive at it.</param>
/// <param name="BrokenAt">The first position that doesn't follow from the one before; null when the chain is whole.</param>
public sealed record AccessChainCheck(long Entries, long Last, string Hash, long? BrokenAt);

/// <summary>Checks the access journal's chain of hashes, with its own computation beside the database's.</summary>
public sealed class AccessChain(NpgsqlDataSource source)
{
    public async Task<AccessChainCheck> Verify(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        // One snapshot: entries are added meanwhile.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var (last, lastHash, position, hash) = await Ends(connection, cancellationToken);
        long entries = 0;
        long? brokenAt = null;
        await using var command = new NpgsqlCommand(
            "select position, at, kind, pack, person, subject, address, outcome, hash from access_entry order by position",
            connection
        );
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
            {
                entries++;
                position++;
                hash = Next(hash, reader);
                if (reader.GetInt64(0) != position || !hash.AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(8)))
                    brokenAt ??= position;
                (position, hash) = (reader.GetInt64(0), reader.GetFieldValue<byte[]>(8));
            }
        if (position != last || !hash.AsSpan().SequenceEqual(lastHash))
            brokenAt ??= position + 1;
        return new(entries, last, Convert.ToHexStringLower(lastHash), brokenAt);
    }

    static async Task<(long Last, byte[] Hash, long Anchor, byte[] AnchorHash)> Ends(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand("select position, hash, anchor_position, anchor_hash from access_chain", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3))
            : (-1, [], 0, []); // Somebody deleted the row.
    }

    /// <summary>The same as <c>access_append</c> in the database.</summary>
    static byte[] Next(byte[] previous, NpgsqlDataReader row)
    {
        var microseconds = (row.GetFieldValue<DateTimeOffset>(1) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var text = string.Join(
            '\u001f',
            [
                row.GetInt64(0).ToString(CultureInfo.InvariantCulture),
                microseconds.ToString(CultureInfo.InvariantCulture),
                .. Enumerable.Range(2, 6).Select(column => row.IsDBNull(column) ? "" : row.GetString(column)),
            ]
        );
        return SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(text)]);
    }
}
