using System.Collections.Immutable;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Packs;

public sealed partial class PackStore
{
    /// <param name="which">A condition.</param>
    internal static string AreasOf(string which) =>
        $"select code, name, level, parent, kind, generated, predecessors from area where pack = $1 and {which} order by lft, code";

    internal static Area ReadArea(NpgsqlDataReader r) =>
        new(r.GetString(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetString(4), r.GetBoolean(5))
        {
            Predecessors = [.. r.GetFieldValue<string[]>(6)],
        };

    static async Task Areas(NpgsqlConnection connection, Pack pack, CancellationToken cancellationToken)
    {
        var tree = LoadedPack.Build(pack);
        var rows = pack.Areas;
        await Execute(connection, "update area set active = false where pack = $1", cancellationToken, Parameters.Of(pack.Id));
        await Execute(
            connection,
            """
            insert into area (key, pack, code, name, level, parent, kind, generated, active, lft, rgt, predecessors, ordinal)
            select $1 || '/' || code, $1, code, name, level, parent, kind, generated, true, lft, rgt, predecessors::text[], ordinal - 1
            from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) with ordinality
                as t (code, name, level, parent, kind, generated, lft, rgt, predecessors, ordinal)
            on conflict (key) do update set name = excluded.name, level = excluded.level, parent = excluded.parent, kind = excluded.kind,
                generated = excluded.generated, active = true, lft = excluded.lft, rgt = excluded.rgt, ordinal = excluded.ordinal,
                predecessors = excluded.predecessors
            """,
            cancellationToken,
            Parameters.Of(pack.Id),
            Parameters.Texts(rows, a => a.Code),
            Parameters.Texts(rows, a => a.Name),
            Parameters.Texts(rows, a => a.Level),
            Parameters.Texts(rows, a => a.Parent),
            Parameters.Texts(rows, a => a.Kind),
            Parameters.Booleans(rows, a => a.Generated),
            Parameters.Integers(rows, a => tree.Areas[a.Code].Left),
            Parameters.Integers(rows, a => tree.Areas[a.Code].Right),
            Parameters.TextArrays(rows, a => a.Predecessors)
        );
        await PlaceFormer(connection, pack, cancellationToken);

        await Execute(
            connection,
            "delete from area_shape using area where area.key = area_shape.area and area.pack = $1",
            cancellationToken,
            Parameters.Of(pack.Id)
        );
        await Execute(
            connection,
            "insert into area_shape (area, geometry) select $1 || '/' || code, geometry from unnest($2, $3) as t (code, geometry)",
            cancellationToken,
            Parameters.Of(pack.Id),
            Parameters.Texts(pack.Boundaries, b => b.Area),
            Parameters.Jsons(pack.Boundaries, b => b.GeometryJson)
        );
    }

    /// <summary>
    /// The households of areas that are gone are counted where they are listed: in the area that stands for theirs. The numbers of the old
    /// tree would count them somewhere else.
    /// </summary>
    static async Task PlaceFormer(NpgsqlConnection connection, Pack pack, CancellationToken cancellationToken)
    {
        var gone = ImmutableArray.CreateBuilder<Area>();
        await using (var command = new NpgsqlCommand(AreasOf("not active"), connection))
        {
            command.Bind(Parameters.Of(pack.Id));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                gone.Add(ReadArea(reader));
        }
        if (gone.Count == 0)
            return;
        List<FormerArea> former = [.. LoadedPack.Build(pack with { FormerAreas = gone.ToImmutable() }).FormerAreas];
        await Execute(
            connection,
            """
            update area set lft = t.lft, rgt = t.rgt from unnest($2, $3, $4) as t (code, lft, rgt)
            where area.pack = $1 and area.code = t.code and not area.active
            """,
            cancellationToken,
            Parameters.Of(pack.Id),
            Parameters.Texts(former, a => a.Code),
            Parameters.Integers(former, a => a.StandIn.Left),
            Parameters.Integers(former, a => a.StandIn.Right)
        );
    }
}
