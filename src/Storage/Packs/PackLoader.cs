using System.Collections.Immutable;
using System.Data;
using System.Text.Json;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using GridActors.Storage.Leaves;
using GridActors.Storage.Staff;
using GridActors.Storage.Time;
using Npgsql;

namespace GridActors.Storage.Packs;

/// <summary>
/// Reads the packs' tables into memory, with who is on leave and who took over from whom, and reads them again when something has changed.
/// </summary>
public sealed class PackLoader(NpgsqlDataSource source, ServiceTime clock) : IPacks
{
    volatile LoadedPacks _current = LoadedPacks.Empty;

    public LoadedPacks Current => _current;

    public async Task Refresh(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        // All tables are read from one snapshot, so that a pack which is being loaded is seen as a whole or not at all.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var packs = new List<LoadedPack>();
        foreach (var (id, digest) in await Digests(connection, cancellationToken))
            packs.Add(
                Unchanged(id, digest)
                    ?? LoadedPack.Build(await WithTables(connection, await Settings(connection, id, cancellationToken), cancellationToken))
            );
        var leaves = await LeaveStore.All(connection, clock.GetUtcNow() - LeaveList.KeptFor, cancellationToken);
        var byPack = leaves.ToLookup(l => l.Person.Pack);
        var successions = await StaffChanges.Successions(connection, clock.GetUtcNow() - LeaveList.KeptFor, cancellationToken);
        var takenOver = successions.ToLookup(s => s.Person.Pack);
        for (var i = 0; i < packs.Count; i++)
            packs[i] = packs[i].With([.. byPack[packs[i].Pack.Id]], [.. takenOver[packs[i].Pack.Id]]);
        _current = new(packs);
    }

    LoadedPack? Unchanged(string id, string digest) => _current.Pack(id) is { } loaded && loaded.Pack.Digest == digest ? loaded : null;

    static Task<ImmutableArray<(string Id, string Digest)>> Digests(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        Read(connection, "select id, digest from pack order by id", [], r => (r.GetString(0), r.GetString(1)), cancellationToken);

    static async Task<Pack> Settings(NpgsqlConnection connection, string id, CancellationToken cancellationToken) =>
        (
            await Read(
                connection,
                "select document from pack where id = $1",
                [Parameters.Of(id)],
                r => JsonSerializer.Deserialize<Pack>(r.GetString(0), PackStore.Json)!,
                cancellationToken
            )
        ).Single();

    static async Task<Pack> WithTables(NpgsqlConnection connection, Pack pack, CancellationToken cancellationToken) =>
        pack with
        {
            Areas = await Read(connection, PackStore.AreasOf("active"), [Parameters.Of(pack.Id)], PackStore.ReadArea, cancellationToken),
            FormerAreas = await Read(
                connection,
                PackStore.AreasOf("not active"),
                [Parameters.Of(pack.Id)],
                PackStore.ReadArea,
                cancellationToken
            ),
            People = await Read(
                connection,
                "select id, name, employment, generated from person where pack = $1 and active",
                [Parameters.Of(pack.Id)],
                ReadPerson,
                cancellationToken
            ),
            FormerPeople = await Read(
                connection,
                "select id, name, employment, generated from person where pack = $1 and not active",
                [Parameters.Of(pack.Id)],
                ReadPerson,
                cancellationToken
            ),
            Holdings = await Read(
                connection,
                """
                select a.code, h.post, p.id from holding h join area a on a.key = h.area join person p on p.key = h.person
                where a.pack = $1 and a.active and p.active order by a.lft, h.post, p.id
                """,
                [Parameters.Of(pack.Id)],
                r => new PostHolding(r.GetString(0), r.GetString(1), r.GetString(2)),
                cancellationToken
            ),
        };

    static Person ReadPerson(NpgsqlDataReader r) => new(r.GetString(0), r.GetString(1), r.GetString(2), r.GetBoolean(3));

    static async Task<ImmutableArray<T>> Read<T>(
        NpgsqlConnection connection,
        string sql,
        NpgsqlParameter[] parameters,
        Func<NpgsqlDataReader, T> row,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Bind(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(row(reader));
        return rows.ToImmutable();
    }
}
