using System.Security.Cryptography;
using System.Text;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace GridActors.Storage.Accounts;

/// <summary>How the deployment signs people in.</summary>
public sealed class AccountOptions
{
    /// <summary>In a demo, the password of everybody who has no account of their own. Null: no demo.</summary>
    public string? DemoPassword { get; set; }

    /// <summary>Wrong passwords in a row before an account is locked.</summary>
    public int FailuresAllowed { get; set; } = 5;

    /// <summary>How long it is locked then; a further failure locks it again.</summary>
    public TimeSpan Lock { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Wrong passwords from one address, whatever the account, before it has to wait; a tenth comes back every minute.</summary>
    public int FailuresAllowedPerAddress { get; set; } = 200;

    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(12);
}

public enum SignInRefusal
{
    WrongCredentials,
    Locked,
    Ambiguous,
}

/// <param name="Person">Who signed in, or null.</param>
/// <param name="RetryAfter">With <see cref="SignInRefusal.Locked"/>.</param>
public readonly record struct SignIn(PersonId? Person, SignInRefusal? Refusal = null, TimeSpan RetryAfter = default);

/// <summary>Who may sign in with what. Account = person id, or <c>pack/id</c> where two packs have the same id.</summary>
public sealed class Accounts(NpgsqlDataSource source, IPacks packs, AccountOptions options, TimeProvider clock) : IDisposable
{
    static readonly PasswordHasher<string> Hasher = new();

    // Somebody who doesn't exist takes as long as somebody who does.
    static readonly string NobodysHash = Hasher.HashPassword("", Guid.NewGuid().ToString());

    // The one password of a demo is hashed once a process, not once for each of thousands of people.
    readonly byte[] _demoKey = RandomNumberGenerator.GetBytes(32);

    // One attempt at a time for an account: a thousand guesses in parallel are not a thousand guesses before the lock.
    readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Failures are forgotten after a day: invented names leave nothing for ever.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    public bool IsDemo => options.DemoPassword is not null;

    public async Task<SignIn> SignIn(string account, string password, CancellationToken cancellationToken)
    {
        var candidates = Candidates(account);
        if (candidates.Count > 1)
            return new(null, SignInRefusal.Ambiguous);
        var key = candidates.Count == 1 ? candidates[0].Key : Truncate(account);
        var gate = _gates[(uint)string.GetHashCode(key, StringComparison.Ordinal) % _gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (await LockedFor(key, cancellationToken) is { } left)
                return new(null, SignInRefusal.Locked, left);
            var hash = candidates.Count == 1 ? await Hash(candidates[0], cancellationToken) : null;
            var right =
                hash is null && IsDemo && candidates.Count == 1
                    ? IsDemoPassword(password)
                    : Hasher.VerifyHashedPassword(key, hash ?? NobodysHash, password) != PasswordVerificationResult.Failed
                        && hash is not null;
            if (right)
            {
                await Forget(key, cancellationToken);
                return new(candidates[0]);
            }
            return await Fail(key, cancellationToken) is { } locked
                ? new(null, SignInRefusal.Locked, locked)
                : new(null, SignInRefusal.WrongCredentials);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Gives a person a password of their own, or a new one; every session of theirs ends.</summary>
    public async Task SetPassword(PersonId person, string password, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new(
                """
                insert into account (person, password_hash, created_at) values ($1, $2, $3)
                on conflict (person) do update set password_hash = excluded.password_hash
                """
            )
            {
                Parameters =
                {
                    Parameters.Of(person.Key),
                    Parameters.Of(Hasher.HashPassword(person.Key, password)),
                    Parameters.Of(clock.GetUtcNow()),
                },
            }
        );
        batch.BatchCommands.Add(new("delete from sign_in_failure where account = $1") { Parameters = { Parameters.Of(person.Key) } });
        batch.BatchCommands.Add(new("delete from session where person = $1") { Parameters = { Parameters.Of(person.Key) } });
        batch.BatchCommands.Add(new("select pg_notify('sessions', '')"));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>The people an account name can mean.</returns>
    public IReadOnlyList<PersonId> Candidates(string account)
    {
        if (account.Contains('\0', StringComparison.Ordinal))
            return [];
        var all = packs.Current;
        if (account.IndexOf('/', StringComparison.Ordinal) > 0)
            return all.Person(new PersonId(account)) is { } person ? [person.Id] : [];
        return [.. all.Packs.Select(p => p.People.GetValueOrDefault(account)).OfType<PersonEntry>().Select(p => p.Id)];
    }

    bool IsDemoPassword(string password) =>
        CryptographicOperations.FixedTimeEquals(
            HMACSHA256.HashData(_demoKey, Encoding.UTF8.GetBytes(password)),
            HMACSHA256.HashData(_demoKey, Encoding.UTF8.GetBytes(options.DemoPassword!))
        );

    async Task<string?> Hash(PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select password_hash from account where person = $1");
        command.Parameters.Add(Parameters.Of(person.Key));
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    async Task<TimeSpan?> LockedFor(string account, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select locked_until from sign_in_failure where account = $1 and locked_until > $2");
        command.Bind(Parameters.Of(account), Parameters.Of(clock.GetUtcNow()));
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime until ? until - clock.GetUtcNow().UtcDateTime : null;
    }

    async Task<TimeSpan?> Fail(string account, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var command = source.CreateCommand(
            """
            with old as (delete from sign_in_failure where updated_at < $5 and account <> $1)
            insert into sign_in_failure as f (account, failures, updated_at) values ($1, 1, $4)
            on conflict (account) do update set failures = f.failures + 1, updated_at = $4,
                locked_until = case when f.failures + 1 >= $2 then $3 end
            returning locked_until
            """
        );
        command.Bind(
            Parameters.Of(account),
            Parameters.Of(options.FailuresAllowed),
            Parameters.Of((now + options.Lock)),
            Parameters.Of(now),
            Parameters.Of((now - Remembered))
        );
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime ? options.Lock : null;
    }

    async Task Forget(string account, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from sign_in_failure where account = $1");
        command.Parameters.Add(Parameters.Of(account));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public void Dispose()
    {
        foreach (var gate in _gates)
            gate.Dispose();
    }

    static string Truncate(string account) => (account.Length <= 64 ? account : account[..64]).Replace("\0", "", StringComparison.Ordinal);
}
