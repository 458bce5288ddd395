using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Accounts;

/// <summary>
/// The browsers in which people have signed in, and the addresses they came from. A browser is known by a token in a cookie of its own,
/// which gives no access: it only keeps other people's wrong passwords from locking its owner out.
/// </summary>
public sealed class Devices(NpgsqlDataSource source, TimeProvider clock)
{
    /// <summary>How long a device or an address that isn't used stays known.</summary>
    public static TimeSpan Remembered { get; } = TimeSpan.FromDays(90);

    const int TokenLength = 43;
    const int MaxPerPerson = 10;

    public async Task<SignInPlace> PlaceOf(string account, string address, string? token, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select coalesce(bool_or(token_hash = $2), false), coalesce(bool_or(address = $3), false)
            from device where person = $1 and used_at > $4
            """
        );
        var hash = HashOf(token);
        command.Bind(Parameters.Of(account), Parameters.Of(hash), Parameters.Of(address), Parameters.Of(clock.GetUtcNow() - Remembered));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetBoolean(0)
            ? new($"device {Convert.ToHexStringLower(hash.AsSpan(0, 16))}", IsKnown: true)
            : new($"address {address}", reader.GetBoolean(1));
    }

    /// <summary>
    /// Remembers that a person signed in with a browser. A browser keeps its token when several people use it; one that the service
    /// didn't hand out is replaced.
    /// </summary>
    /// <returns>The browser's token.</returns>
    public async Task<string> Remember(PersonId person, string address, string? token, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var kept = token is not null && await Exists(token, cancellationToken) ? token : NewToken();
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new(
                """
                insert into device (person, token_hash, address, used_at) values ($1, $2, $3, $4)
                on conflict (person, token_hash) do update set address = excluded.address, used_at = excluded.used_at
                """
            )
            {
                Parameters = { Parameters.Of(person.Key), Parameters.Of(HashOf(kept)), Parameters.Of(address), Parameters.Of(now) },
            }
        );
        batch.BatchCommands.Add(
            new(
                """
                delete from device where person = $1 and token_hash not in (
                    select token_hash from device where person = $1 order by used_at desc limit $2)
                """
            )
            {
                Parameters = { Parameters.Of(person.Key), Parameters.Of(MaxPerPerson) },
            }
        );
        batch.BatchCommands.Add(new("delete from device where used_at < $1") { Parameters = { Parameters.Of(now - Remembered) } });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return kept;
    }

    async Task<bool> Exists(string token, CancellationToken cancellationToken)
    {
        if (token.Length != TokenLength)
            return false;
        await using var command = source.CreateCommand("select exists (select from device where token_hash = $1)");
        command.Parameters.Add(Parameters.Of(HashOf(token)));
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    static byte[] HashOf(string? token) => token is { Length: TokenLength } ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : [];
}
