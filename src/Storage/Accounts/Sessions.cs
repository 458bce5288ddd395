using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Accounts;

public sealed record Session(PersonId Person, DateTimeOffset ExpiresAt);

/// <summary>
/// Who is signed in. A token is 256 random bits; the database holds its hash. A process remembers the sessions that it looked up for a
/// minute. A session that ends in any process is forgotten at once: the database notifies all of them.
/// </summary>
public sealed class Sessions(NpgsqlDataSource source, AccountOptions options, TimeProvider clock)
{
    static readonly TimeSpan Trust = TimeSpan.FromMinutes(1);
    const int MaxRemembered = 100_000;

    readonly ConcurrentDictionary<string, (Session Session, DateTimeOffset CheckedAt)> _known = new(StringComparer.Ordinal);

    /// <summary>A session has ended, in this process or another one. Handlers must be quick.</summary>
    public event Action? Ended;

    public async Task<(string Token, Session Session)> Begin(PersonId person, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow();
        var session = new Session(person, now + options.SessionLength);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new("insert into session (token_hash, person, created_at, expires_at) values ($1, $2, $3, $4)")
            {
                Parameters =
                {
                    Parameters.Of(HashOf(token)),
                    Parameters.Of(person.Key),
                    Parameters.Of(now),
                    Parameters.Of(session.ExpiresAt),
                },
            }
        );
        batch.BatchCommands.Add(new("delete from session where expires_at < $1") { Parameters = { Parameters.Of(now) } });
        await batch.ExecuteNonQueryAsync(cancellationToken);
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

        await using var command = source.CreateCommand("select person, expires_at from session where token_hash = $1 and expires_at > $2");
        command.Bind(Parameters.Of(HashOf(token)), Parameters.Of(now));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            _known.TryRemove(token, out _);
            return null;
        }
        var session = new Session(new(string.Intern(reader.GetString(0))), reader.GetFieldValue<DateTimeOffset>(1));
        Remember(token, session, now);
        return session;
    }

    /// <returns>Those of the tokens whose session isn't over. It asks the database, once for all of them.</returns>
    public async Task<IReadOnlySet<string>> Current(IReadOnlyCollection<string> tokens, CancellationToken cancellationToken)
    {
        var asked = tokens.ToArray();
        await using var command = source.CreateCommand(
            """
            select t.index from unnest($1) with ordinality as t (hash, index)
            join session s on s.token_hash = t.hash and s.expires_at > $2
            """
        );
        command.Bind(new NpgsqlParameter<byte[][]> { TypedValue = Array.ConvertAll(asked, HashOf) }, Parameters.Of(clock.GetUtcNow()));
        var current = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            current.Add(asked[reader.GetInt64(0) - 1]);
        return current;
    }

    public async Task End(string token, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("delete from session where token_hash = $1") { Parameters = { Parameters.Of(HashOf(token)) } });
        batch.BatchCommands.Add(new("select pg_notify('sessions', '')"));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        // Afterwards: a request of the same session may have looked it up while it was being ended.
        _known.TryRemove(token, out _);
    }

    /// <summary>Forgets all remembered sessions, because one has ended in some process.</summary>
    public void Forget()
    {
        _known.Clear();
        Ended?.Invoke();
    }

    void Remember(string token, Session session, DateTimeOffset now)
    {
        if (_known.Count >= MaxRemembered)
            _known.Clear();
        _known[token] = (session, now);
    }

    static byte[] HashOf(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));
}
