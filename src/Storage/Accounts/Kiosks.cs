using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Accounts;

/// <summary>A wall screen: what its browser may watch, and until when it may.</summary>
/// <param name="OpenedAt">When a browser took it over; null while its code waits.</param>
/// <param name="SeenAt">When it was last used, to a minute.</param>
/// <param name="Device">Browser and system, as far as they are known.</param>
/// <param name="Network">The network it was opened from.</param>
public sealed record Kiosk(
    Guid Id,
    AreaId Area,
    string Name,
    DateTimeOffset MadeAt,
    PersonId MadeBy,
    DateTimeOffset CodeExpiresAt,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? SeenAt,
    string Device,
    string Network,
    DateTimeOffset? EndedAt,
    PersonId? EndedBy
)
{
    /// <summary>The kiosk as somebody who calls. It is nobody's id, because the ids of people have no underscore.</summary>
    public PersonId Person => PersonOf(Area, Id);

    internal static PersonId PersonOf(AreaId area, Guid id) => new(area.Pack, $"_kiosk-{id:N}");
}

/// <summary>
/// The wall screens. An administrator makes one, and gets a code that opens it once, in any browser. Its session has no end of its own: a
/// wall must come back by itself after a power cut, and nobody stands there to sign in.
/// </summary>
public sealed class Kiosks(NpgsqlDataSource source, AccessJournal journal, Sessions sessions, TimeProvider clock)
{
    public static TimeSpan CodeValid { get; } = TimeSpan.FromDays(1);

    /// <summary>No token of a person begins with it, because base64url has no dot.</summary>
    const string TokenPrefix = "k.";
    const int CodeLength = 12;

    /// <summary>People type a code with a remote control, so it has no characters that are easily mistaken for others.</summary>
    const string CodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    static readonly TimeSpan LongestUnseen = TimeSpan.FromMinutes(1);
    static readonly TimeSpan EndedShown = TimeSpan.FromDays(90);

    const string Columns =
        "k.id, k.area, k.name, k.made_at, k.made_by, k.code_expires_at, k.opened_at, k.seen_at, k.device, k.address, "
        + "k.ended_at, k.ended_by";

    public static bool IsToken(string token) => token.StartsWith(TokenPrefix, StringComparison.Ordinal);

    /// <returns>The kiosk, and the code that opens it once.</returns>
    public async Task<(Kiosk Kiosk, string Code)> Make(
        AreaId area,
        string name,
        PersonId by,
        string address,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var code = RandomNumberGenerator.GetString(CodeAlphabet, CodeLength);
        var kiosk = new Kiosk(Guid.NewGuid(), area, name, now, by, now + CodeValid, null, null, "", "", null, null);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new("insert into kiosk (id, area, name, made_at, made_by, code_hash, code_expires_at) values ($1, $2, $3, $4, $5, $6, $7)")
            {
                Parameters =
                {
                    Parameters.Of(kiosk.Id),
                    Parameters.Of(area.Key),
                    Parameters.Of(name),
                    Parameters.Of(now),
                    Parameters.Of(by.Key),
                    Parameters.Of(HashOf(code)),
                    Parameters.Of(kiosk.CodeExpiresAt),
                },
            }
        );
        batch.BatchCommands.Add(journal.Insert(new(AccessKind.KioskMade, by, address, Subject: kiosk.Id.ToString("N"))));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return (kiosk, code);
    }

    /// <returns>The token of the browser that opens the kiosk; null when the code is wrong, too old or used.</returns>
    public async Task<(Kiosk Kiosk, string Token)?> Open(string code, SessionOrigin origin, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var token = TokenPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            $"""
            update kiosk k set token_hash = $2, code_hash = null, opened_at = $3, seen_at = $3, device = $4, address = $5
            where k.code_hash = $1 and k.code_expires_at > $3 and k.ended_at is null returning {Columns}
            """,
            connection
        );
        command.Bind(
            Parameters.Of(HashOf(Typed(code))),
            Parameters.Of(HashOf(token)),
            Parameters.Of(now),
            Parameters.Of(origin.Device),
            Parameters.Of(origin.Network)
        );
        if (await Reads.Repeat(c => Read(command, c), cancellationToken) is not [var kiosk])
        {
            journal.RecordOnceAnHour(new(AccessKind.KioskOpened, null, origin.Address, "wrong-kiosk-code"));
            return null;
        }
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(
            journal.Insert(new(AccessKind.KioskOpened, null, origin.Address, Subject: kiosk.Id.ToString("N")) { Pack = kiosk.Area.Pack })
        );
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (kiosk, token);
    }

    public async ValueTask<Kiosk?> Find(string token, CancellationToken cancellationToken)
    {
        if (!IsToken(token))
            return null;
        await using var command = source.CreateCommand($"select {Columns} from kiosk k where k.token_hash = $1 and k.ended_at is null");
        command.Bind(Parameters.Of(HashOf(token)));
        if (await Reads.Repeat(c => Read(command, c), cancellationToken) is not [var kiosk])
            return null;
        if (clock.GetUtcNow() - kiosk.SeenAt > LongestUnseen)
            await Current([token], cancellationToken);
        return kiosk;
    }

    /// <returns>Those of the tokens whose kiosk hasn't been ended. A live connection counts as use.</returns>
    public async Task<IReadOnlyCollection<string>> Current(IReadOnlyCollection<string> tokens, CancellationToken cancellationToken)
    {
        if (tokens.Count == 0)
            return [];
        var asked = tokens.ToArray();
        await using var command = source.CreateCommand(
            """
            with asked as (
                select t.index, k.id, k.seen_at from unnest($1) with ordinality as t (hash, index)
                join kiosk k on k.token_hash = t.hash and k.ended_at is null
            ), seen as (
                update kiosk k set seen_at = $2 from asked a where k.id = a.id and a.seen_at < $3
            )
            select index from asked
            """
        );
        var now = clock.GetUtcNow();
        command.Bind(
            new NpgsqlParameter<byte[][]> { TypedValue = Array.ConvertAll(asked, HashOf) },
            Parameters.Of(now),
            Parameters.Of(now - LongestUnseen)
        );
        var current = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            current.Add(asked[reader.GetInt64(0) - 1]);
        return current;
    }

    /// <summary>The kiosks of a pack, the newest first; those that were ended are shown for a while.</summary>
    public async Task<IReadOnlyList<Kiosk>> Of(string pack, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select {Columns} from kiosk k join area a on a.key = k.area
            where a.pack = $1 and (k.ended_at is null or k.ended_at > $2) order by k.made_at desc limit 1000
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(clock.GetUtcNow() - EndedShown));
        return await Read(command, cancellationToken);
    }

    /// <summary>Ends a kiosk. Its screen stands still within a second.</summary>
    /// <returns>False when it has been ended already.</returns>
    public async Task<bool> End(Guid id, PersonId by, string address, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            update kiosk set ended_at = $2, ended_by = $3, code_hash = null, token_hash = null where id = $1 and ended_at is null
            returning area
            """,
            connection
        );
        command.Bind(Parameters.Of(id), Parameters.Of(clock.GetUtcNow()), Parameters.Of(by.Key));
        if (await command.ExecuteScalarAsync(cancellationToken) is not string area)
            return false;
        var kiosk = Kiosk.PersonOf(new(area), id);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Sessions.Notice(kiosk));
        batch.BatchCommands.Add(journal.Insert(new(AccessKind.KioskEnded, by, address, Subject: id.ToString("N"))));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        sessions.Forget(kiosk);
        return true;
    }

    /// <summary>The code as it was made: people type small letters, and the hyphens that it is shown with.</summary>
    static string Typed(string code) =>
        string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)).Replace('O', '0').Replace('I', '1').Replace('L', '1');

    static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    static async Task<IReadOnlyList<Kiosk>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var kiosks = new List<Kiosk>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            kiosks.Add(
                new(
                    reader.GetGuid(0),
                    new AreaId(reader.GetString(1)),
                    reader.GetString(2),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    new PersonId(reader.GetString(4)),
                    reader.GetFieldValue<DateTimeOffset>(5),
                    Time(6),
                    Time(7),
                    reader.GetString(8),
                    reader.GetString(9),
                    Time(10),
                    reader.IsDBNull(11) ? null : new PersonId(reader.GetString(11))
                )
            );
        return kiosks;

        DateTimeOffset? Time(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }
}
