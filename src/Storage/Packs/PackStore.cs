using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.Packs;

/// <summary>
/// Writes a pack into the tables. Areas and people that a changed pack no longer has become inactive, and their history stays.
/// </summary>
public sealed partial class PackStore(
    NpgsqlDataSource source,
    AccessJournal journal,
    ServiceTime clock,
    MasterKeys masters,
    ILogger<PackStore> logger
)
{
    /// <summary>How a pack's settings are kept in <c>pack.document</c>.</summary>
    internal static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };

    /// <summary>
    /// The digest of every loaded pack, by its id: a folder with the same digest needn't be read. Empty on a database without tables.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, string>> Loaded(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var exists = source.CreateCommand("select to_regclass('pack') is not null");
        var digests = new Dictionary<string, string>();
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
            return digests;
        // A pack that was loaded before its files were kept is read once more. The column is newer than some databases.
        await using var command = source.CreateCommand("select id, digest from pack p where to_jsonb(p) ->> 'version' is not null");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            digests.Add(reader.GetString(0), reader.GetString(1));
        return digests;
    }

    /// <summary>Loads a pack that was read from a folder, as its next version.</summary>
    /// <returns>False when it is loaded already, or a version that was published in the console stays in force.</returns>
    /// <exception cref="PackConflictException">The change would leave open cases without an area.</exception>
    public async Task<bool> Apply(Pack pack, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await PackVersions.Lock(connection, pack.Id, cancellationToken);
        var files = PackVersions.HashesOf(pack.Sources);
        var current = await PackVersions.Current(connection, pack.Id, cancellationToken);
        var isKept = files.Count > 0 && current is not null && await Keeps(connection, pack, files, current, cancellationToken);
        var isLoaded = isKept || await Digest(connection, pack.Id, cancellationToken) == pack.Digest;
        if (!isLoaded)
            await Load(connection, pack, cancellationToken);
        if (files.Count > 0 && !isKept && (!isLoaded || current is null))
            await PackVersions.Record(connection, pack, clock.GetUtcNow(), null, "", cancellationToken);
        if (files.Count > 0)
            await PackVersions.MarkSeen(connection, pack.Id, files, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return !isLoaded;
    }

    /// <summary>
    /// Whether the version in force stays in force though the folder holds other files: it was published in the console. If the folder was
    /// changed since, its files become the draft, so that nothing is lost on either side and somebody decides.
    /// </summary>
    async Task<bool> Keeps(
        NpgsqlConnection connection,
        Pack pack,
        IReadOnlyDictionary<string, string> files,
        PackVersion current,
        CancellationToken cancellationToken
    )
    {
        var seen = await PackVersions.Seen(connection, pack.Id, cancellationToken);
        // The folder holds what is in force, or held it until it was changed: its files are the next version.
        if (PackVersions.AreSame(files, current.Files) || (seen is not null && PackVersions.AreSame(seen, current.Files)))
            return false;
        if (seen is not null && PackVersions.AreSame(files, seen))
        {
            LogKept(pack.Id, current.Number);
            return true;
        }
        if (await PackVersions.Draft(connection, pack.Id, cancellationToken) is not null)
        {
            LogIgnored(pack.Id, current.Number);
            return true;
        }
        await PackVersions.Keep(connection, pack.Sources, cancellationToken);
        await PackVersions.SaveDraft(connection, pack.Id, 1, files, clock.GetUtcNow(), null, cancellationToken);
        LogOffered(pack.Id, current.Number);
        return true;
    }

    /// <summary>Writes a pack into the tables, in the caller's transaction.</summary>
    /// <exception cref="PackConflictException">
    /// The change would leave open cases without an area, or what the pack keeps of households couldn't be sealed.
    /// </exception>
    internal async Task Load(NpgsqlConnection connection, Pack pack, CancellationToken cancellationToken)
    {
        if (pack.Households is not null && masters.Current is null)
            throw new PackConflictException(MasterKeys.Needed(pack.Id));
        var settings = WithFormer(pack, await Settings(connection, pack.Id, cancellationToken)) with
        {
            Areas = [],
            People = [],
            Holdings = [],
            Boundaries = [],
        };
        await Execute(
            connection,
            """
            insert into pack (id, digest, document, loaded_at) values ($1, $2, $3::jsonb, $4)
            on conflict (id) do update set digest = excluded.digest, document = excluded.document, loaded_at = excluded.loaded_at
            """,
            cancellationToken,
            Parameters.Of(pack.Id),
            Parameters.Of(pack.Digest),
            Parameters.Of(JsonSerializer.Serialize(settings, Json)),
            Parameters.Of(clock.GetUtcNow())
        );
        var held = await PostChanges.Held(connection, pack.Id, cancellationToken);
        await Areas(connection, pack, cancellationToken);
        // PostgreSQL would take it for nearly empty until it looks by itself, and a search of a million cases would take 20 seconds.
        await Execute(connection, "analyze area", cancellationToken);
        await People(connection, pack, cancellationToken);
        await DroppedRules.Refuse(connection, pack, cancellationToken);
        await RefuseOrphans(connection, pack.Id, cancellationToken);
        await RefuseDisclosure(connection, pack, cancellationToken);
        await Execute(connection, "select pg_notify('packs', $1)", cancellationToken, Parameters.Of(pack.Id));
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(journal.InsertAll(PostChanges.Of(pack, held)));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    static async Task<string?> Digest(NpgsqlConnection connection, string pack, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select digest from pack where id = $1", connection);
        command.Bind(Parameters.Of(pack));
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    static async Task<Pack?> Settings(NpgsqlConnection connection, string pack, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select document from pack where id = $1", connection);
        command.Bind(Parameters.Of(pack));
        return await command.ExecuteScalarAsync(cancellationToken) is string document
            ? JsonSerializer.Deserialize<Pack>(document, Json)
            : null;
    }

    /// <summary>
    /// Keeps what only earlier versions of the pack had, because cases name it. What the pack has again is current again.
    /// </summary>
    static Pack WithFormer(Pack pack, Pack? before)
    {
        if (before is null)
            return pack;
        var categories = pack.Categories.Select(c => c.Code).ToHashSet();
        var departments = pack.Departments.Select(d => d.Id).ToHashSet();
        return pack with
        {
            FormerCategories = [.. before.Categories.Concat(before.FormerCategories).Where(c => categories.Add(c.Code))],
            FormerDepartments = [.. before.Departments.Concat(before.FormerDepartments).Where(d => departments.Add(d.Id))],
        };
    }

    static async Task People(NpgsqlConnection connection, Pack pack, CancellationToken cancellationToken)
    {
        await Execute(connection, "update person set active = false where pack = $1", cancellationToken, Parameters.Of(pack.Id));
        await Execute(
            connection,
            """
            insert into person (key, pack, id, name, employment, generated, active)
            select $1 || '/' || id, $1, id, name, employment, generated, true
            from unnest($2, $3, $4, $5) as t (id, name, employment, generated)
            on conflict (key) do update set name = excluded.name, employment = excluded.employment, generated = excluded.generated,
                active = true
            """,
            cancellationToken,
            Parameters.Of(pack.Id),
            Parameters.Texts(pack.People, p => p.Id),
            Parameters.Texts(pack.People, p => p.Name),
            Parameters.Texts(pack.People, p => p.Employment),
            Parameters.Booleans(pack.People, p => p.Generated)
        );
        // The sessions of people who left the pack end.
        await Execute(
            connection,
            "delete from session using person where person.key = session.person and person.pack = $1 and not person.active",
            cancellationToken,
            Parameters.Of(pack.Id)
        );

        await Execute(
            connection,
            "delete from holding using area where area.key = holding.area and area.pack = $1",
            cancellationToken,
            Parameters.Of(pack.Id)
        );
        await Execute(
            connection,
            """
            insert into holding (area, post, person)
            select $1 || '/' || area, post, $1 || '/' || person from unnest($2, $3, $4) as t (area, post, person)
            """,
            cancellationToken,
            Parameters.Of(pack.Id),
            Parameters.Texts(pack.Holdings, h => h.Area),
            Parameters.Texts(pack.Holdings, h => h.Post),
            Parameters.Texts(pack.Holdings, h => h.Person)
        );
    }

    static async Task RefuseOrphans(NpgsqlConnection connection, string pack, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select a.code, count(*) from area a join case_file c on c.area = a.key
            where a.pack = $1 and not a.active group by a.code order by a.code limit 1
            """,
            connection
        )
        {
            Parameters = { Parameters.Of(pack) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
            throw new PackConflictException(
                $"areas.csv: area {reader.GetString(0)} is gone from pack {pack}, "
                    + $"but {reader.GetInt64(1)} cases happened there: keep the area."
            );
    }

    /// <summary>An open confidential case follows its category's rules, so they must stay those of a confidential category.</summary>
    static async Task RefuseDisclosure(NpgsqlConnection connection, Pack pack, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select c.category, count(*) from case_file c join area a on a.key = c.area
            where a.pack = $1 and c.confidential and c.status <> 6 and c.category <> all ($2)
            group by c.category order by c.category limit 1
            """,
            connection
        );
        command.Bind(Parameters.Of(pack.Id), Parameters.Texts([.. pack.Categories.Where(c => c.Confidential)], c => c.Code));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
            throw new PackConflictException(
                $"catalogue.yaml: {reader.GetString(0)} is no confidential category of pack {pack.Id} any more, "
                    + $"but {reader.GetInt64(1)} open cases of it are confidential: keep it until they are closed."
            );
    }

    static async Task Execute(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Bind(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>A changed pack can't be loaded, because open cases need what it no longer has.</summary>
public sealed class PackConflictException(string message) : Exception(message);
