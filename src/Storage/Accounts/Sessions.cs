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
public sealed record Session(PersonId Person, DateTimeOffset ExpiresAt, bool MustChangePassword);

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
/// minute. A session that ends in any process is forgotten at once: the database notifies all of them.
/// </summary>
public sealed class Sessions(NpgsqlDataSource source, AccountOptions options, AccessJournal journal, TimeProvider clock)
{
    static readonly TimeSpan Trust = TimeSpan.FromMinutes(1);
    static readonly TimeSpan LongestUnseen = TimeSpan.FromMinutes(5);
    const int MaxRemembered = 100_000;

    readonly ConcurrentDictionary<string, (Session Session, DateTimeOffset CheckedAt)> _known = new(StringComparer.Ordinal);

    /// <summary>A session has ended, in this process or another one. Handlers must be quick.</summary>
    public event Action? Ended;

    public async Task<(string Token, Session Session)> Begin(PersonId person, SessionOrigin origin, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new(
                """
                insert into session (token_hash, person, created_at, seen_at, expires_at, device, address)
                values ($1, $2, $3, $3, $4, $5, $6)
                returning coalesce((select must_change from account where person = $2), false)
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
                },
            }
        );
        batch.BatchCommands.Add(
            new("delete from session where expires_at < $1 or seen_at < $2")
            {
                Parameters = { Parameters.Of(now), Parameters.Of(now - options.IdleTimeout) },
            }
        );
        batch.BatchCommands.Add(journal.Insert(new(AccessKind.SignIn, person, origin.Address)));
        var mustChange = await batch.ExecuteScalarAsync(cancellationToken) is true;
        var session = new Session(person, now + options.SessionLength, mustChange);
        Remember(token, session, now);
        return (token, session);
    }

    public async ValueTask<Session?> Find(string token, CancellationToken cancellationToken)
    {
        if (token.Length is < 40 or > 64)
            return null;
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(token, out var known) && now - known.CheckedAt < Trust && now >= known.CheckedAt)
            return known.Session.ExpiresAt > now ? known.Session : null;

        var hash = HashOf(token);
        DateTimeOffset seenAt;
        Session session;
        await using (
            var command = source.CreateCommand(
                """
                select s.person, s.expires_at, coalesce(a.must_change, false), s.seen_at
                from session s left join account a on a.person = s.person
                where s.token_hash = $1 and s.expires_at > $2 and s.seen_at > $3
                """
            )
        )
        {
            command.Bind(Parameters.Of(hash), Parameters.Of(now), Parameters.Of(now - options.IdleTimeout));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                _known.TryRemove(token, out _);
                return null;
            }
            var person = new PersonId(string.Intern(reader.GetString(0)));
            session = new(person, reader.GetFieldValue<DateTimeOffset>(1), reader.GetBoolean(2));
            seenAt = reader.GetFieldValue<DateTimeOffset>(3);
        }
        if (now - seenAt > LongestUnseen)
            await See(hash, now, cancellationToken);
        Remember(token, session, now);
        return session;
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

    /// <summary>Ends one session.</summary>
    public async Task End(string token, AccessEntry entry, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("delete from session where token_hash = $1") { Parameters = { Parameters.Of(HashOf(token)) } });
        batch.BatchCommands.Add(new("select pg_notify('sessions', '')"));
        batch.BatchCommands.Add(journal.Insert(entry));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        // Afterwards: a request of the same session may have looked it up while it was being ended.
        _known.TryRemove(token, out _);
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
        batch.BatchCommands.Add(new("select pg_notify('sessions', '')"));
        batch.BatchCommands.Add(journal.Insert(entry));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Forget();
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
        batch.BatchCommands.Add(new("select pg_notify('sessions', '')"));
        batch.BatchCommands.Add(journal.Insert(entry));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        Forget();
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

    /// <summary>Forgets all remembered sessions, because one has ended in some process.</summary>
    public void Forget()
    {
        _known.Clear();
        Ended?.Invoke();
    }

    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));

    async Task See(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update session set seen_at = $2 where token_hash = $1 and seen_at < $2");
        command.Bind(Parameters.Of(hash), Parameters.Of(now));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    void Remember(string token, Session session, DateTimeOffset now)
    {
        if (_known.Count >= MaxRemembered)
            _known.Clear();
        _known[token] = (session, now);
    }
}
