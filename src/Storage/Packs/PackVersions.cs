using System.Collections.Immutable;
using System.Text.Json;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using GridActors.Storage.Time;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Packs;

/// <param name="Files">By name, the hash of each file's content.</param>
/// <param name="By">Who published it in the console; null when it was read from a folder.</param>
public sealed record PackVersion(
    int Number,
    string Digest,
    IReadOnlyDictionary<string, string> Files,
    DateTimeOffset At,
    PersonId? By,
    string Note
);

/// <param name="Revision">Counts its changes.</param>
/// <param name="By">Who changed it last; null when it came from a changed folder.</param>
public sealed record PackDraft(int Revision, IReadOnlyDictionary<string, string> Files, DateTimeOffset At, PersonId? By);

/// <summary>Keeps the versions of packs with their files, and the draft of the next one.</summary>
public sealed class PackVersions(NpgsqlDataSource source, ServiceTime clock)
{
    const string Columns = "v.number, v.digest, v.files::text, v.published_at, v.published_by, v.note";

    /// <summary>The version in force; null for a pack whose files aren't kept.</summary>
    public async Task<PackVersion?> Current(string pack, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await Current(connection, pack, cancellationToken);
    }

    internal static async Task<PackVersion?> Current(NpgsqlConnection connection, string pack, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select {Columns} from pack p join pack_version v on v.pack = p.id and v.number = p.version where p.id = $1",
            connection
        );
        command.Bind(Parameters.Of(pack));
        return await Read(command, cancellationToken) is [var current] ? current : null;
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<PackVersion>> Of(string pack, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {Columns} from pack_version v where v.pack = $1 order by v.number desc");
        command.Bind(Parameters.Of(pack));
        return await Read(command, cancellationToken);
    }

    public async Task<PackDraft?> Draft(string pack, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await Draft(connection, pack, cancellationToken);
    }

    internal static async Task<PackDraft?> Draft(NpgsqlConnection connection, string pack, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select revision, files::text, saved_at, saved_by from pack_draft where pack = $1",
            connection
        );
        command.Bind(Parameters.Of(pack));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(
                reader.GetInt32(0),
                Files(reader.GetString(1)),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.IsDBNull(3) ? null : new PersonId(reader.GetString(3))
            )
            : null;
    }

    /// <summary>The files of a version or of a draft, as they were written.</summary>
    public async Task<ImmutableArray<PackSource>> Sources(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select f.name, p.content from unnest($1, $2) as f (name, hash) join pack_file p on p.hash = f.hash"
        );
        var list = files.ToList();
        command.Bind(Parameters.Texts(list, f => f.Key), Parameters.Texts(list, f => f.Value));
        var sources = ImmutableArray.CreateBuilder<PackSource>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            sources.Add(new(reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        return sources.ToImmutable();
    }

    /// <summary>Puts a file into the draft, or begins one with the version in force.</summary>
    /// <param name="revision">The draft that the editor has seen; 0 for none.</param>
    /// <returns>False when somebody changed the draft since, or there is no version to begin with.</returns>
    public Task<bool> Save(string pack, int revision, PackSource file, PersonId by, CancellationToken cancellationToken) =>
        Change(
            pack,
            revision,
            (current, draft) => (draft?.Files ?? current.Files).Where(f => f.Key != file.Name).Append(new(file.Name, file.Hash)),
            [file],
            by,
            cancellationToken
        );

    /// <summary>Makes an earlier version the draft, so that it is checked and published like any other.</summary>
    /// <param name="revision">The draft that it replaces, as the editor has seen it; 0 for none.</param>
    /// <returns>False when somebody changed the draft since.</returns>
    public Task<bool> Restore(string pack, int revision, PackVersion version, PersonId by, CancellationToken cancellationToken) =>
        Change(pack, revision, (_, _) => version.Files, [], by, cancellationToken);

    /// <returns>False when somebody changed the draft since.</returns>
    public async Task<bool> Discard(string pack, int revision, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from pack_draft where pack = $1 and revision = $2");
        command.Bind(Parameters.Of(pack), Parameters.Of(revision));
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    async Task<bool> Change(
        string pack,
        int revision,
        Func<PackVersion, PackDraft?, IEnumerable<KeyValuePair<string, string>>> files,
        IReadOnlyCollection<PackSource> written,
        PersonId by,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Lock(connection, pack, cancellationToken);
        var draft = await Draft(connection, pack, cancellationToken);
        if (await Current(connection, pack, cancellationToken) is not { } current || (draft?.Revision ?? 0) != revision)
            return false;
        await Keep(connection, written, cancellationToken);
        await SaveDraft(connection, pack, revision + 1, files(current, draft).ToDictionary(), clock.GetUtcNow(), by, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    internal static async Task SaveDraft(
        NpgsqlConnection connection,
        string pack,
        int revision,
        IReadOnlyDictionary<string, string> files,
        DateTimeOffset at,
        PersonId? by,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into pack_draft (pack, revision, files, saved_at, saved_by) values ($1, $2, $3, $4, $5)
            on conflict (pack) do update set revision = excluded.revision, files = excluded.files, saved_at = excluded.saved_at,
                saved_by = excluded.saved_by
            """,
            connection
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(revision), Json(files), Parameters.Of(at), Parameters.Of(by?.Key));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Makes the files of a pack its next version, which is in force from now on.</summary>
    internal static async Task<int> Record(
        NpgsqlConnection connection,
        Pack pack,
        DateTimeOffset at,
        PersonId? by,
        string note,
        CancellationToken cancellationToken
    )
    {
        await Keep(connection, pack.Sources, cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            with next as (
                insert into pack_version (pack, number, digest, files, published_at, published_by, note)
                select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 from pack_version where pack = $1 returning number
            )
            update pack set version = next.number from next where id = $1 returning next.number
            """,
            connection
        );
        command.Bind(
            Parameters.Of(pack.Id),
            Parameters.Of(pack.Digest),
            Json(HashesOf(pack.Sources)),
            Parameters.Of(at),
            Parameters.Of(by?.Key),
            Parameters.Of(note)
        );
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>What the folder held when it was last read; null when none was.</summary>
    internal static async Task<IReadOnlyDictionary<string, string>?> Seen(
        NpgsqlConnection connection,
        string pack,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand("select seen_files::text from pack where id = $1", connection);
        command.Bind(Parameters.Of(pack));
        return await command.ExecuteScalarAsync(cancellationToken) is string seen ? Files(seen) : null;
    }

    internal static async Task MarkSeen(
        NpgsqlConnection connection,
        string pack,
        IReadOnlyDictionary<string, string> files,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand("update pack set seen_files = $2 where id = $1", connection);
        command.Bind(Parameters.Of(pack), Json(files));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static async Task Keep(
        NpgsqlConnection connection,
        IReadOnlyCollection<PackSource> sources,
        CancellationToken cancellationToken
    )
    {
        foreach (var file in sources)
        {
            await using var command = new NpgsqlCommand(
                "insert into pack_file (hash, content) values ($1, $2) on conflict do nothing",
                connection
            );
            command.Bind(Parameters.Of(file.Hash), Parameters.Of(file.Content.ToArray()));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>The same lock as that of a load, so that nothing is published while a draft is saved.</summary>
    internal static async Task Lock(NpgsqlConnection connection, string pack, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('pack ' || $1))", connection);
        command.Bind(Parameters.Of(pack));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static IReadOnlyDictionary<string, string> HashesOf(IEnumerable<PackSource> sources) =>
        sources.ToDictionary(s => s.Name, s => s.Hash);

    public static bool AreSame(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b) =>
        a.Count == b.Count && a.All(f => b.GetValueOrDefault(f.Key) == f.Value);

    static NpgsqlParameter Json(IReadOnlyDictionary<string, string> files) =>
        new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = JsonSerializer.Serialize(files) };

    static Dictionary<string, string> Files(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    static async Task<IReadOnlyList<PackVersion>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var versions = new List<PackVersion>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            versions.Add(
                new(
                    reader.GetInt32(0),
                    reader.GetString(1),
                    Files(reader.GetString(2)),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    reader.IsDBNull(4) ? null : new PersonId(reader.GetString(4)),
                    reader.GetString(5)
                )
            );
        return versions;
    }
}
