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

    /// <summary>How long an account stays locked; one more wrong password locks it again.</summary>
    public TimeSpan Lock { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How many wrong passwords one address may send, for any accounts, before it has to wait. A tenth of them is allowed again every
    /// minute.
    /// </summary>
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
/// <param name="RetryAfter">When the account can be tried again; set with <see cref="SignInRefusal.Locked"/>.</param>
public readonly record struct SignIn(PersonId? Person, SignInRefusal? Refusal = null, TimeSpan RetryAfter = default);

/// <summary>
/// Checks who may sign in with which password. The account's name is the person's id, or <c>pack/id</c> where two packs have the same id.
/// </summary>
public sealed class Accounts(NpgsqlDataSource source, IPacks packs, AccountOptions options, TimeProvider clock) : IDisposable
{
    static readonly PasswordHasher<string> Hasher = new();

    // An unknown account is checked against this hash, so that the time of the answer doesn't show whether an account exists.
    static readonly string NobodysHash = Hasher.HashPassword("", Guid.NewGuid().ToString());

    // The demo's password is hashed once in a process, not once for each of thousands of people.
    readonly byte[] _demoKey = RandomNumberGenerator.GetBytes(32);

    // An account checks one password at a time, so that parallel guesses can't get past the lock.
    readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Failures are forgotten after a day, so that invented names don't fill the table.</summary>
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

    /// <summary>Sets a person's own password, and ends all their sessions.</summary>
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

    /// <returns>The people that an account name can mean: one in each pack that has the id.</returns>
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
