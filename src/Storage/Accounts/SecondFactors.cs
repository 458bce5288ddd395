using System.Security.Cryptography;
using System.Text;
using GridActors.Contracts.People;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OtpNet;

namespace GridActors.Storage.Accounts;

/// <summary>What somebody needs to set up an authenticator app.</summary>
/// <param name="Secret">In Base32, to be typed.</param>
/// <param name="Uri">The same for a camera: <c>otpauth://…</c>.</param>
/// <param name="Ticket">The secret, encrypted; it comes back with the first code.</param>
public sealed record SecondFactorSetup(string Secret, string Uri, string Ticket, DateTimeOffset ValidUntil);

/// <summary>What came of a code.</summary>
enum CodeCheck
{
    /// <summary>The person has no second factor.</summary>
    NotSet,
    Missing,
    Wrong,
    Right,

    /// <summary>Right, and a recovery code, which is used up now.</summary>
    Recovery,
}

/// <summary>
/// The codes of authenticator apps (TOTP, RFC 6238) as a second factor beside the password. A code counts once, and half a minute longer
/// and earlier than it is shown, because clocks differ.
/// </summary>
public sealed partial class SecondFactors(
    NpgsqlDataSource source,
    IDataProtectionProvider protection,
    Sessions sessions,
    AccessJournal journal,
    TimeProvider clock,
    ILogger<SecondFactors> logger
)
{
    const int SecretLength = 20;
    const int CodeLength = 6;
    const int RecoveryCodes = 10;
    const int RecoveryCodeLength = 15;
    const string RecoveryAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    static readonly TimeSpan SetupValid = TimeSpan.FromMinutes(15);
    static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>Makes a secret. Nothing is stored before the person has shown by a code that their app has it.</summary>
    public SecondFactorSetup Prepare(PersonId person, string issuer)
    {
        var secret = KeyGeneration.GenerateRandomKey(SecretLength);
        return new(
            Base32Encoding.ToString(secret),
            new OtpUri(OtpType.Totp, secret, person.Id, issuer).ToString(),
            Convert.ToBase64String(Tickets(person).Protect(secret, SetupValid)),
            clock.GetUtcNow() + SetupValid
        );
    }

    /// <summary>Stores the secret of a set-up and ends every session of the person but that of the token.</summary>
    /// <returns>The recovery codes, to be shown once; null when the code isn't right, or the set-up has expired.</returns>
    public async Task<IReadOnlyList<string>?> Set(
        PersonId person,
        (string Ticket, string Code) setup,
        (string Token, AccessEntry Entry) by,
        CancellationToken cancellationToken
    )
    {
        if (SecretOf(person, setup.Ticket) is not { } secret || StepOf(secret, Normalize(setup.Code)) is not { } step)
            return null;
        string[] codes =
        [
            .. Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(RecoveryAlphabet, RecoveryCodeLength)),
        ];
        var (key, token) = (Parameters.Of(person.Key), Parameters.Of(Sessions.HashOf(by.Token)));
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new(
                """
                insert into second_factor (person, secret, last_step, set_at) values ($1, $2, $3, $4)
                on conflict (person) do update set secret = excluded.secret, last_step = excluded.last_step, set_at = excluded.set_at
                """
            )
            {
                Parameters = { key, Parameters.Of(Secrets(person).Protect(secret)), Parameters.Of(step), Parameters.Of(clock.GetUtcNow()) },
            }
        );
        batch.BatchCommands.Add(new("delete from recovery_code where person = $1") { Parameters = { key.Clone() } });
        batch.BatchCommands.Add(
            new("insert into recovery_code (person, code_hash) select $1, decode(hash, 'hex') from unnest($2) as t (hash)")
            {
                Parameters = { key.Clone(), Parameters.Texts(codes, c => Convert.ToHexStringLower(HashOf(person, c))) },
            }
        );
        batch.BatchCommands.Add(new("delete from session where person = $1 and token_hash <> $2") { Parameters = { key.Clone(), token } });
        batch.BatchCommands.Add(new("update session set second_factor = true where token_hash = $1") { Parameters = { token.Clone() } });
        batch.BatchCommands.Add(Sessions.Notice(person));
        batch.BatchCommands.Add(journal.Insert(by.Entry));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        sessions.Forget(person);
        return [.. codes.Select(c => string.Join('-', c.Chunk(5).Select(part => new string(part))))];
    }

    /// <summary>
    /// Removes a person's second factor, because they have lost their phone and their recovery codes. Their sessions end.
    /// </summary>
    public async Task Reset(PersonId person, AccessEntry entry, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        foreach (var table in (string[])["second_factor where person", "session where person", "sign_in_lock where account"])
            batch.BatchCommands.Add(new($"delete from {table} = $1") { Parameters = { Parameters.Of(person.Key) } });
        batch.BatchCommands.Add(Sessions.Notice(person));
        batch.BatchCommands.Add(journal.Insert(entry));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        sessions.Forget(person);
    }

    public async Task<bool> IsSet(PersonId person, CancellationToken cancellationToken) =>
        await Stored(person, cancellationToken) is not null;

    internal async Task<CodeCheck> Check(PersonId person, string? code, CancellationToken cancellationToken)
    {
        if (await Stored(person, cancellationToken) is not { } stored)
            return CodeCheck.NotSet;
        var given = Normalize(code);
        if (given.Length == 0)
            return CodeCheck.Missing;
        if (given.Length != CodeLength)
            return await UseRecoveryCode(person, given, cancellationToken) ? CodeCheck.Recovery : CodeCheck.Wrong;
        return Reveal(person, stored) is { } secret && StepOf(secret, given) is { } step && await Use(person, step, cancellationToken)
            ? CodeCheck.Right
            : CodeCheck.Wrong;
    }

    async Task<byte[]?> Stored(PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select secret from second_factor where person = $1");
        command.Bind(Parameters.Of(person.Key));
        return (byte[]?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <returns>False when a code of this half minute or a later one was accepted already.</returns>
    async Task<bool> Use(PersonId person, long step, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update second_factor set last_step = $2 where person = $1 and last_step < $2");
        command.Bind(Parameters.Of(person.Key), Parameters.Of(step));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    async Task<bool> UseRecoveryCode(PersonId person, string code, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from recovery_code where person = $1 and code_hash = $2");
        command.Bind(Parameters.Of(person.Key), Parameters.Of(HashOf(person, code)));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    long? StepOf(byte[] secret, string code) =>
        new Totp(secret).VerifyTotp(clock.GetUtcNow().UtcDateTime, code, out var step, Window) ? step : null;

    byte[]? SecretOf(PersonId person, string ticket)
    {
        var bytes = new byte[ticket.Length];
        if (!Convert.TryFromBase64String(ticket, bytes, out var length))
            return null;
        try
        {
            return Tickets(person).Unprotect(bytes[..length]);
        }
        catch (CryptographicException)
        {
            return null; // It has expired, or is somebody else's.
        }
    }

    byte[]? Reveal(PersonId person, byte[] stored)
    {
        try
        {
            return Secrets(person).Unprotect(stored);
        }
        catch (CryptographicException e)
        {
            LogUnreadable(e);
            return null;
        }
    }

    // What was encrypted for one person can't be read for another one.
    IDataProtector Secrets(PersonId person) => protection.CreateProtector("second factor", person.Key);

    ITimeLimitedDataProtector Tickets(PersonId person) =>
        protection.CreateProtector("second factor, set-up", person.Key).ToTimeLimitedDataProtector();

    /// <summary>People write codes in groups, and recovery codes with capitals.</summary>
    static string Normalize(string? code) => string.Concat((code ?? "").Where(c => c is not ('-' or ' '))).ToLowerInvariant();

    /// <summary>The codes are long and random, so that a fast hash is enough.</summary>
    static byte[] HashOf(PersonId person, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{person.Key} {code}"));
}
