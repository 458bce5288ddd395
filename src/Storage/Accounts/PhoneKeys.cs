using System.Security.Cryptography;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Accounts;

/// <summary>The keys with which people's phones seal what they keep without a signal.</summary>
public sealed class PhoneKeys(NpgsqlDataSource source, TimeProvider clock)
{
    const int Length = 32;

    /// <summary>The person's key, which is made when it is first asked for.</summary>
    public async Task<byte[]> Of(PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with made as (
                insert into phone_key (person, key, created_at) values ($1, $2, $3) on conflict do nothing returning key
            )
            select key from made union all select key from phone_key where person = $1 limit 1
            """
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Of(RandomNumberGenerator.GetBytes(Length)), Parameters.Of(clock.GetUtcNow()));
        // Two phones that ask for the first time at once: the loser sees neither its own row nor the winner's.
        return await command.ExecuteScalarAsync(cancellationToken) as byte[] ?? await Of(person, cancellationToken);
    }
}
