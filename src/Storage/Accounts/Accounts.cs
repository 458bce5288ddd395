using System.Security.Cryptography;
using System.Text;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Accounts;

public enum SignInRefusal
{
    WrongCredentials,
    Locked,
    Ambiguous,
    Busy,

    /// <summary>The password is right, and the person has a second factor.</summary>
    CodeNeeded,
    WrongCode,

    /// <summary>The password is right, and the person signs in with the identity provider only.</summary>
    ProviderOnly,
}

/// <param name="Account">The person's id in any case, or <c>pack/id</c> where two packs have the same id.</param>
/// <param name="Address">Where it comes from; one that stands for all addresses of a subscriber.</param>
/// <param name="Device">The token of the browser, if it has one.</param>
public sealed record SignInAttempt(string Account, string Password, string Address, string? Device = null)
{
    /// <summary>The code of the second factor, or a recovery code.</summary>
    public string? Code { get; init; }

    /// <summary>No code is asked for: somebody who is signed in gives the password once more.</summary>
    public bool IsPasswordAlone { get; init; }
}

/// <param name="Person">Who signed in, or null.</param>
/// <param name="RetryAfter">When the account can be tried again; set with <see cref="SignInRefusal.Locked"/>.</param>
public readonly record struct SignIn(PersonId? Person, SignInRefusal? Refusal = null, TimeSpan RetryAfter = default)
{
    /// <summary>A code was given, too.</summary>
    public bool HasSecondFactor { get; init; }
}

/// <param name="Entry">Who changes it, for the access journal.</param>
public sealed record PasswordChange(PersonId Person, string Password, AccessEntry Entry)
{
    /// <summary>The password is given by somebody else: its owner must change it at the first sign-in.</summary>
    public bool MustChange { get; init; }

    /// <summary>The token of a session that goes on.</summary>
    public string? Keep { get; init; }
}

/// <summary>Checks who may sign in with which password.</summary>
public sealed class Accounts(
    NpgsqlDataSource source,
    IPacks packs,
    AccountOptions options,
    SignInLocks locks,
    Devices devices,
    PasswordTurns turns,
    Sessions sessions,
    SecondFactors factors,
    AccessJournal journal,
    TimeProvider clock
) : IDisposable
{
    // The demo's password is hashed once in a process, not once for each of thousands of people.
    readonly byte[] _demoKey = RandomNumberGenerator.GetBytes(32);

    // An account checks one password of a place at a time, so that parallel guesses can't get past the lock.
    readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public bool IsDemo => options.DemoPassword is not null;

    public async Task<SignIn> SignIn(SignInAttempt attempt, CancellationToken cancellationToken)
    {
        var candidates = Candidates(attempt.Account);
        if (candidates.Count > 1)
            return new(null, SignInRefusal.Ambiguous);
        PersonId? person = candidates.Count == 1 ? candidates[0] : null;
        var account = person?.Key ?? DigestOf(attempt.Account);
        using var turn = await turns.Take(attempt.Address, cancellationToken);
        if (!turn.IsAcquired)
            return new(null, SignInRefusal.Busy);
        var place = await devices.PlaceOf(account, attempt.Address, attempt.Device, cancellationToken);
        if (!place.IsKnown && turns.IsLimited(attempt.Address))
        {
            journal.RecordOnceAnHour(new(AccessKind.LockOut, null, attempt.Address, Subject: "address"));
            return new(null, SignInRefusal.Locked, PasswordTurns.RetryAfter);
        }
        var gate = _gates[(uint)HashCode.Combine(account, place.Name) % _gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (await locks.Left(account, place, cancellationToken) is { } left)
                return new(null, SignInRefusal.Locked, left);
            var checkedNow = await Check(person, attempt, cancellationToken);
            if (checkedNow.Person is not null)
                await locks.Forget(account, place, cancellationToken);
            // The failures stay counted: otherwise whoever has the password could guess codes, and start anew before each lock.
            if (checkedNow.Person is not null || checkedNow.Refusal is SignInRefusal.CodeNeeded or SignInRefusal.ProviderOnly)
                return checkedNow;
            turns.Failed(attempt.Address);
            var outcome = checkedNow.Refusal == SignInRefusal.WrongCode ? AccessEntry.WrongCode : AccessEntry.WrongCredentials;
            var entry = new AccessEntry(AccessKind.SignIn, person, attempt.Address, outcome);
            if (await locks.Fail(account, place, entry, cancellationToken) is not { } locked)
                return checkedNow;
            journal.Record(new(AccessKind.LockOut, person, attempt.Address));
            return new(null, SignInRefusal.Locked, locked);
        }
        finally
        {
            gate.Release();
        }
    }

    async Task<SignIn> Check(PersonId? person, SignInAttempt attempt, CancellationToken cancellationToken)
    {
        if (person is not { } known)
        {
            _ = Passwords.IsRight(null, attempt.Password, out _);
            return new(null, SignInRefusal.WrongCredentials);
        }
        if (!await IsRight(known, attempt.Password, cancellationToken))
            return new(null, SignInRefusal.WrongCredentials);
        if (!options.PasswordsBesideProvider && await UsesProvider(known, cancellationToken))
        {
            journal.Record(new(AccessKind.SignIn, known, attempt.Address, AccessEntry.ProviderOnly));
            return new(null, SignInRefusal.ProviderOnly);
        }
        if (attempt.IsPasswordAlone)
            return new(known);
        switch (await factors.Check(known, attempt.Code, cancellationToken))
        {
            case CodeCheck.NotSet:
                return new(known);
            case CodeCheck.Missing:
                journal.Record(new(AccessKind.SignIn, known, attempt.Address, AccessEntry.CodeNeeded));
                return new(null, SignInRefusal.CodeNeeded);
            case CodeCheck.Wrong:
                return new(null, SignInRefusal.WrongCode);
            case CodeCheck.Recovery:
                journal.Record(new(AccessKind.RecoveryCodeUsed, known, attempt.Address));
                break;
        }
        return new(known) { HasSecondFactor = true };
    }

    /// <summary>Sets a person's own password, and ends their sessions.</summary>
    public async Task SetPassword(PasswordChange change, CancellationToken cancellationToken)
    {
        var (person, now) = (Parameters.Of(change.Person.Key), clock.GetUtcNow());
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new(
                """
                insert into account (person, password_hash, must_change, created_at, changed_at) values ($1, $2, $3, $4, $4)
                on conflict (person) do update
                    set password_hash = excluded.password_hash, must_change = excluded.must_change, changed_at = excluded.changed_at
                """
            )
            {
                Parameters =
                {
                    person,
                    Parameters.Of(Passwords.Hash(change.Password)),
                    Parameters.Of(change.MustChange),
                    Parameters.Of(now),
                },
            }
        );
        batch.BatchCommands.Add(new("delete from sign_in_lock where account = $1") { Parameters = { person.Clone() } });
        batch.BatchCommands.Add(new("delete from device where person = $1") { Parameters = { person.Clone() } });
        batch.BatchCommands.Add(
            new("delete from session where person = $1 and token_hash is distinct from $2")
            {
                Parameters = { person.Clone(), Parameters.Of(change.Keep is { } kept ? Sessions.HashOf(kept) : []) },
            }
        );
        batch.BatchCommands.Add(Sessions.Notice(change.Person));
        batch.BatchCommands.Add(journal.Insert(change.Entry));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        sessions.Forget(change.Person);
    }

    /// <returns>The people that an account name can mean: one in each pack that has the id.</returns>
    public IReadOnlyList<PersonId> Candidates(string account)
    {
        // Ids are lower-case; a phone's keyboard begins with a capital.
        account = account.Trim().ToLowerInvariant();
        var all = packs.Current;
        if (account.IndexOf('/', StringComparison.Ordinal) > 0)
            return all.Person(new PersonId(account)) is { } person ? [person.Id] : [];
        return [.. all.Packs.Select(p => p.People.GetValueOrDefault(account)).OfType<PersonEntry>().Select(p => p.Id)];
    }

    async Task<bool> IsRight(PersonId person, string password, CancellationToken cancellationToken)
    {
        var (hash, isExpired) = await Hash(person, cancellationToken);
        // In a demo a wrong password takes as long as that of somebody who doesn't exist.
        if (hash is null && IsDemo && IsDemoPassword(password))
            return true;
        var isRight = Passwords.IsRight(hash, password, out var isOutdated);
        if (isOutdated)
            await Upgrade(person, hash!, Passwords.Hash(password), cancellationToken);
        return isRight && !isExpired;
    }

    async Task<bool> UsesProvider(PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select exists (select from provider_person where person = $1)");
        command.Bind(Parameters.Of(person.Key));
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    bool IsDemoPassword(string password) =>
        CryptographicOperations.FixedTimeEquals(
            HMACSHA256.HashData(_demoKey, Encoding.UTF8.GetBytes(password)),
            HMACSHA256.HashData(_demoKey, Encoding.UTF8.GetBytes(options.DemoPassword!))
        );

    async Task<(string? Hash, bool IsExpired)> Hash(PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select password_hash, must_change and changed_at < $2 from account where person = $1"
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Of(clock.GetUtcNow() - options.FirstPasswordValid));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetString(0), !await reader.IsDBNullAsync(1, cancellationToken) && reader.GetBoolean(1))
            : (null, false);
    }

    /// <summary>Replaces a hash of fewer iterations, unless the password was changed meanwhile.</summary>
    async Task Upgrade(PersonId person, string from, string to, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update account set password_hash = $3 where person = $1 and password_hash = $2");
        command.Bind(Parameters.Of(person.Key), Parameters.Of(from), Parameters.Of(to));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Failures of names that nobody has are counted too. The name isn't kept, because people type passwords into the wrong field.
    /// </summary>
    static string DigestOf(string account) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(account.Trim().ToLowerInvariant())));

    public void Dispose()
    {
        foreach (var gate in _gates)
            gate.Dispose();
    }
}
