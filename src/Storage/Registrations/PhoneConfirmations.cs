using System.Security.Cryptography;
using System.Text;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Registrations;

/// <summary>
/// The codes that confirm phones: <c>phone_confirmation</c>. The database counts, so that the limits hold for all processes together. A
/// code is good for some minutes and some attempts, and once.
/// </summary>
public sealed class PhoneConfirmations(NpgsqlDataSource source)
{
    public static TimeSpan ValidFor { get; } = TimeSpan.FromMinutes(5);
    public const int MaxAttempts = 5;

    /// <summary>So many codes a phone gets within the hour: nobody's phone is flooded.</summary>
    public const int MaxOfPhone = 3;

    /// <summary>So many phones can be confirmed by one printed code within the hour.</summary>
    public const int MaxOfDoor = 60;

    static readonly TimeSpan Counted = TimeSpan.FromHours(1);

    /// <summary>A new code of six digits.</summary>
    public static string NewCode() =>
        RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    /// <param name="phone">The keyed token of it.</param>
    /// <returns>False when the phone, or the door, has had as many as it may.</returns>
    public async Task<bool> Add(Guid id, Guid door, byte[] phone, string code, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            insert into phone_confirmation (id, door, phone, code, sent_at, expires_at) select $1, $2, $3, $4, $5, $6
            where (select count(*) from phone_confirmation where phone = $3 and sent_at > $7) < $8
                and (select count(*) from phone_confirmation where door = $2 and sent_at > $7) < $9
            """
        );
        command.Bind(
            Parameters.Of(id),
            Parameters.Of(door),
            Parameters.Of(phone),
            Parameters.Of(HashOf(id, code)),
            Parameters.Of(at),
            Parameters.Of(at + ValidFor),
            Parameters.Of(at - Counted),
            Parameters.Of(MaxOfPhone),
            Parameters.Of(MaxOfDoor)
        );
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Uses a code. Every attempt counts, also one that comes at the same moment as another.</summary>
    public async Task<bool> Use(Guid id, Guid door, byte[] phone, string code, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with tried as (
                update phone_confirmation set attempts = attempts + 1,
                    used_at = case when code = $4 and phone = $3 then $5 end
                where id = $1 and door = $2 and used_at is null and attempts < $6 and expires_at > $5 returning used_at
            )
            select exists (select from tried where used_at is not null)
            """
        );
        command.Bind(
            Parameters.Of(id),
            Parameters.Of(door),
            Parameters.Of(phone),
            Parameters.Of(HashOf(id, code)),
            Parameters.Of(at),
            Parameters.Of(MaxAttempts)
        );
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task DeleteBefore(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from phone_confirmation where sent_at < $1");
        command.Bind(Parameters.Of(before));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static byte[] HashOf(Guid id, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{id:N} {code}"));
}
