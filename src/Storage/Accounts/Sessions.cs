using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using GridActors.Contracts.People;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Accounts;

/// <param name="MustChangePassword">The password was given by somebody else: nothing is allowed until the person has changed it.</param>
/// <param name="HasSecondFactor">The person gave a code, too, when they signed in.</param>
/// <param name="ByProvider">The county's identity provider signed the person in, with whatever factors it asks for.</param>
public sealed record Session(
    PersonId Person,
    DateTimeOffset ExpiresAt,
    bool MustChangePassword,
    bool HasSecondFactor,
    bool ByProvider = false
);

/// <param name="HasSecondFactor">The person gave a code, too.</param>
/// <param name="ByProvider">The county's identity provider signs the person in.</param>
public sealed record NewSession(PersonId Person, SessionOrigin Origin, bool HasSecondFactor, bool ByProvider = false);

/// <summary>A session as its owner sees it.</summary>
/// <param name="SeenAt">When it was last used, to a few minutes.</param>
/// <param name="Device">Browser and system, as far as they are known.</param>
/// <param name="Network">The network it was begun from.</param>
public sealed record OwnSession(
    Guid Id,
    DateTimeOffset BegunAt,
    DateTimeOffset SeenAt,
    DateTimeOffset ExpiresAt,
    string Device,
    string Network,
    bool IsThis
);

/// <summary>From where and with what somebody signs in.</summary>
/// <param name="Address">The whole address, for the access journal.</param>
/// <param name="Network">The network it is in, for the list of one's sessions.</param>
public sealed record SessionOrigin(string Address, string Network, string Device);

/// <summary>
/// Who is signed in. A token is 256 random bits; the database holds its hash. A process remembers the sessions that it looked up for a
/// minute. When a session ends in any process, the database notifies all of them, and they look up the sessions of its owner anew.
/// </summary>
public sealed class Sessions(NpgsqlDataSource source, AccountOptions options, AccessJournal journal, TimeProvider clock)
{
    static readonly TimeSpan Trust = TimeSpan.FromMinutes(1);
    static readonly TimeSpan LongestUnseen = TimeSpan.FromMinutes(5);
    const int MaxRemembered = 100_000;

    /// <summary>More than anybody has windows. Whoever signs in again and again loses the sessions that were used least.</summary>
    const int MaxOfPerson = 100;
    const string Channel = "sessions";

    readonly ConcurrentDictionary<string, (Session Session, DateTimeOffset CheckedAt)> _known = new(StringComparer.Ordinal);

    /// <summary>When a session of a person last ended. What was looked up before that isn't believed any more.</summary>
    readonly ConcurrentDictionary<PersonId, DateTimeOffset> _endedAt = new();

    /// <summary>The same for everybody, as ticks of UTC.</summary>
    long _forgottenAt;

    /// <summary>
    /// A session of the person has ended, in this process or another one; null: somebody's, and nobody knows whose. Handlers must be quick.
    /// </summary>
    public event Action<PersonId?>? Ended;

    public async Task<(string Token, Session Session)> Begin(NewSession begun, CancellationToken cancellationToken)
    {
        var (person, origin, hasSecondFactor, byProvider) = begun;
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new(
                """
                insert into session (token_hash, person, created_at, seen_at, expires_at, device, address, second_factor, by_provider)
                values ($1, $2, $3, $3, $4, $5, $6, $7, $8)
                returning not $8 and coalesce((select must_change from account where person = $2), false)
                """
            )
            {
                Parameters =
                {
                    Parameters.Of(HashOf(token)),
                    Parameters.Of(person.Key),
                    Parameters.Of(now),
                    Parameters.Of(now + options.SessionLength),
                    Parameters.Of(origin.Device),
                    Parameters.Of(origin.Network),
                    Parameters.Of(hasSecondFactor),
                    Parameters.Of(byProvider),
                },
            }
        );
        batch.BatchCommands.Add(
            new("delete from session where expires_at < $1 or seen_at < $2")
            {
                Parameters = { Parameters.Of(now), Parameters.Of(now - options.IdleTimeout) },
            }
        );
        batch.BatchCommands.Add(
            new(
                """
                with ended as (
                    delete from session where token_hash in (
                        select token_hash from session where person = $1 order by seen_at desc, created_at desc offset $2)
                    returning person)
                select pg_notify($3, person) from ended limit 1
                """
            )
            {
                Parameters = { Parameters.Of(person.Key), Parameters.Of(MaxOfPerson), Parameters.Of(Channel) },
            }
        );
        if (byProvider)
            batch.BatchCommands.Add(
                new(
                    """
                    insert into provider_person (person, signed_in_at) values ($1, $2)
                    on conflict (person) do update set signed_in_at = excluded.signed_in_at
                    """
                )
                {
                    Parameters = { Parameters.Of(person.Key), Parameters.Of(now) },
                }
            );
        var subject = byProvider ? AccessEntry.Provider : null;
        batch.BatchCommands.Add(journal.Insert(new(AccessKind.SignIn, person, origin.Address, Subject: subject)));
        var mustChange = await batch.ExecuteScalarAsync(cancellationToken) is true;
        var session = new Session(person, now + options.SessionLength, mustChange, hasSecondFactor, byProvider);
        Remember(token, session, now);
        return (token, session);
    }

    public async ValueTask<Session?> Find(string token, CancellationToken cancellationToken)
    {
        if (token.Length is < 40 or > 64)
            return null;
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(token, out var known) && IsTrusted(known.Session.Person, known.CheckedAt, now))
            return known.Session.ExpiresAt > now ? known.Session : null;

        var hash = HashOf(token);
        if (await Reads.Repeat(c => Read(hash, now, c), cancellationToken) is not { } found)
        {
            _known.TryRemove(token, out _);
            return null;
        }
        if (now - found.SeenAt > LongestUnseen)
            await See(hash, now, cancellationToken);
        Remember(token, found.Session, now);
        return found.Session;
    }

    async Task<(Session Session, DateTimeOffset SeenAt)?> Read(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select s.person, s.expires_at, coalesce(a.must_change, false) and not s.by_provider, s.seen_at,
                s.second_factor, s.by_provider
            from session s left join account a on a.person = s.person left join second_factor f on f.person = s.person
            where s.token_hash = $1 and s.expires_at > $2 and s.seen_at > $3 and (s.second_factor or s.by_provider or f.person is null)
            """
        );
        command.Bind(Parameters.Of(hash), Parameters.Of(now), Parameters.Of(now - options.IdleTimeout));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var session = new Session(
            new(string.Intern(reader.GetString(0))),
            reader.GetFieldValue<DateTimeOffset>(1),
            reader.GetBoolean(2),
            reader.GetBoolean(4),
            reader.GetBoolean(5)
        );
        return (session, reader.GetFieldValue<DateTimeOffset>(3));
    }

    /// <returns>
    /// Those of the tokens whose session isn't over. It asks the database, once for all of them. A live connection counts as use.
    /// </returns>
    public async Task<IReadOnlySet<string>> Current(IReadOnlyCollection<string> tokens, CancellationToken cancellationToken)
    {
        var asked = tokens.ToArray();
        await using var command = source.CreateCommand(
            """
            with asked as (
                select t.index, s.token_hash, s.seen_at from unnest($1) with ordinality as t (hash, index)
                join session s on s.token_hash = t.hash and s.expires_at > $2 and s.seen_at > $3
            ), seen as (
                update session s set seen_at = $2 from asked a where s.token_hash = a.token_hash and a.seen_at < $4
            )
            select index from asked
            """
        );
        var now = clock.GetUtcNow();
        command.Bind(
            new NpgsqlParameter<byte[][]> { TypedValue = Array.ConvertAll(asked, HashOf) },
            Parameters.Of(now),
            Parameters.Of(now - options.IdleTimeout),
            Parameters.Of(now - LongestUnseen)
        );
        var current = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            current.Add(asked[reader.GetInt64(0) - 1]);
        return current;
    }

    /// <summary>Ends the session of a token.</summary>
    public async Task End(PersonId person, string token, AccessEntry entry, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("delete from session where token_hash = $1") { Parameters = { Parameters.Of(HashOf(token)) } });
        batch.BatchCommands.Add(Notice(person));
        batch.BatchCommands.Add(journal.Insert(entry));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        Forget(person);
    }

    /// <summary>Ends one of a person's sessions, by its id.</summary>
    /// <returns>False when the person has no such session.</returns>
    public async Task<bool> End(PersonId person, Guid id, AccessEntry entry, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("delete from session where person = $1 and id = $2", connection);
        command.Bind(Parameters.Of(person.Key), Parameters.Of(id));
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
            return false;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Notice(person));
        batch.BatchCommands.Add(journal.Insert(entry));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Forget(person);
        return true;
    }

    /// <summary>Ends all sessions of a person, and forgets the devices they signed in with.</summary>
    /// <param name="keep">The token of a session that goes on.</param>
    public async Task EndAll(PersonId person, AccessEntry entry, CancellationToken cancellationToken, string? keep = null)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("delete from device where person = $1") { Parameters = { Parameters.Of(person.Key) } });
        batch.BatchCommands.Add(
            new("delete from session where person = $1 and token_hash is distinct from $2")
            {
                Parameters = { Parameters.Of(person.Key), Parameters.Of(keep is null ? [] : HashOf(keep)) },
            }
        );
        batch.BatchCommands.Add(Notice(person));
        batch.BatchCommands.Add(journal.Insert(entry));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        Forget(person);
    }

    /// <summary>A person's sessions, the last used first.</summary>
    public async Task<IReadOnlyList<OwnSession>> Of(PersonId person, string token, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var command = source.CreateCommand(
            """
            select id, created_at, seen_at, expires_at, device, address, token_hash = $2 from session
            where person = $1 and expires_at > $3 and seen_at > $4 order by seen_at desc, created_at desc limit 200
            """
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Of(HashOf(token)), Parameters.Of(now), Parameters.Of(now - options.IdleTimeout));
        var sessions = new List<OwnSession>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            sessions.Add(
                new(
                    reader.GetGuid(0),
                    reader.GetFieldValue<DateTimeOffset>(1),
                    reader.GetFieldValue<DateTimeOffset>(2),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    reader.GetString(4),
                    reader.GetString(5),
                    reader.GetBoolean(6)
                )
            );
        return sessions;
    }

    /// <summary>Looks up a person's sessions anew from now on, because one has ended in some process.</summary>
    public void Forget(PersonId person)
    {
        var now = clock.GetUtcNow();
        // What was looked up longer ago than that isn't believed anyway.
        if (_endedAt.Count >= MaxRemembered)
            foreach (var (old, at) in _endedAt)
                if (now - at > Trust)
                    _endedAt.TryRemove(old, out _);
        _endedAt[person] = now;
        Ended?.Invoke(person);
    }

    /// <summary>The same for everybody, because nobody knows whose sessions have ended.</summary>
    public void Forget()
    {
        Volatile.Write(ref _forgottenAt, clock.GetUtcNow().UtcTicks);
        _known.Clear();
        Ended?.Invoke(null);
    }

    /// <param name="notice">What <see cref="Notice"/> told, in whichever process. Those of older versions name nobody.</param>
    internal void Forget(string notice)
    {
        if (notice.Contains('/', StringComparison.Ordinal))
            Forget(new PersonId(notice));
        else
            Forget();
    }

    /// <summary>The command that tells all processes that a session of a person has ended.</summary>
    internal static NpgsqlBatchCommand Notice(PersonId person) =>
        new($"select pg_notify('{Channel}', $1)") { Parameters = { Parameters.Of(person.Key) } };

    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));

    async Task See(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update session set seen_at = $2 where token_hash = $1 and seen_at < $2");
        command.Bind(Parameters.Of(hash), Parameters.Of(now));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Whether what was looked up at a moment still holds. A look-up that began before a session ended may have found it, also when it
    /// finished afterwards.
    /// </summary>
    bool IsTrusted(PersonId person, DateTimeOffset checkedAt, DateTimeOffset now) =>
        now - checkedAt < Trust
        && now >= checkedAt
        && checkedAt.UtcTicks > Volatile.Read(ref _forgottenAt)
        && (!_endedAt.TryGetValue(person, out var endedAt) || checkedAt > endedAt);

    void Remember(string token, Session session, DateTimeOffset now)
    {
        if (_known.Count >= MaxRemembered)
            _known.Clear();
        _known[token] = (session, now);
    }
}
