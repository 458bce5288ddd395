using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Places;

/// <summary>Writes <c>place</c> with the events of places.</summary>
public sealed class PlaceTable : IReadTable
{
    const string Upsert = """
        insert into place (id, area, kind, type, parent, status, version, fields, created_at, updated_at, visited_at, name_tokens, tokens)
        select id, area, kind, type, parent, status, version, fields, created_at, updated_at, visited_at, name_tokens::integer[],
            tokens::bytea[]
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as t (id, area, kind, type, parent, status, version, fields,
            created_at, updated_at, visited_at, name_tokens, tokens)
        on conflict (id) do update set area = excluded.area, type = excluded.type, parent = excluded.parent, status = excluded.status,
            version = excluded.version, fields = excluded.fields, updated_at = excluded.updated_at, visited_at = excluded.visited_at,
            name_tokens = excluded.name_tokens, tokens = excluded.tokens,
            moved_from = case when place.area = excluded.area then place.moved_from else place.area end
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<PlaceEntry>? rows = null;
        foreach (var entry in entries)
            if (entry is PlaceEntry e)
                (rows ??= []).Add(e);
        if (rows is null)
            return;
        batch.BatchCommands.Add(
            new(Upsert)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Place.Id),
                    Parameters.Texts(rows, r => r.Place.Area.Key),
                    Parameters.Smallints(rows, r => (short)r.Place.Kind),
                    Parameters.Texts(rows, r => r.Place.Type),
                    Parameters.NullableUuids(rows, r => r.Place.Parent),
                    Parameters.Smallints(rows, r => (short)r.Place.Status),
                    Parameters.Integers(rows, r => r.Place.Version),
                    Parameters.Bytes(rows, r => r.Row.Fields),
                    Parameters.Times(rows, r => r.Place.CreatedAt),
                    Parameters.Times(rows, r => r.Place.UpdatedAt),
                    Parameters.NullableTimes(rows, r => r.Place.VisitedAt),
                    Parameters.IntegerArrays(rows, r => r.Row.NameTokens),
                    Parameters.ByteArrays(rows, r => r.Row.Tokens),
                },
            }
        );
    }
}
