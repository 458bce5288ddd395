using GridActors.Contracts.Households;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Households;

/// <summary>Writes <c>household</c>, <c>resident</c> and <c>certificate</c> with the events of households.</summary>
public sealed class HouseholdTable : IReadTable
{
    const string UpsertHouseholds = """
        insert into household (id, area, place, worker, status, version, fields, head, residents, groups, expires_on, created_at,
            updated_at, checked_at, visited_at, tokens)
        select id, area, place, worker, status, version, fields, head, residents, groups::text[], expires_on, created_at, updated_at,
            checked_at, visited_at, tokens::bytea[]
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) as t (id, area, place, worker, status, version,
            fields, head, residents, groups, expires_on, created_at, updated_at, checked_at, visited_at, tokens)
        on conflict (id) do update set area = excluded.area, place = excluded.place, worker = excluded.worker, status = excluded.status,
            version = excluded.version, fields = excluded.fields, head = excluded.head, residents = excluded.residents,
            groups = excluded.groups, expires_on = excluded.expires_on, updated_at = excluded.updated_at,
            checked_at = excluded.checked_at, visited_at = excluded.visited_at, tokens = excluded.tokens
        """;

    const string UpsertResidents = """
        insert into resident (id, household, area, kind, status, relation, groups, tags, left_at, fields, erased, name_tokens, tokens,
            likeness)
        select id, household, area, kind, status, relation, groups::text[], tags::text[], left_at, fields, erased,
            name_tokens::integer[], tokens::bytea[], likeness::bytea[]
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) as t (id, household, area, kind, status, relation, groups,
            tags, left_at, fields, erased, name_tokens, tokens, likeness)
        on conflict (id) do update set household = excluded.household, area = excluded.area, kind = excluded.kind,
            status = excluded.status, relation = excluded.relation, groups = excluded.groups, tags = excluded.tags,
            left_at = excluded.left_at, fields = excluded.fields, erased = excluded.erased, name_tokens = excluded.name_tokens,
            tokens = excluded.tokens, likeness = excluded.likeness
        """;

    const string InsertCertificates = """
        insert into certificate (id, resident, household, area, kind, expires_on, raised_case)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict (id) do update set resident = excluded.resident, household = excluded.household, area = excluded.area,
            kind = excluded.kind, expires_on = excluded.expires_on, raised_case = excluded.raised_case
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<HouseholdEntry>? changed = null;
        foreach (var entry in entries)
            if (entry is HouseholdEntry e)
                (changed ??= []).Add(e);
        if (changed is null)
            return;
        WriteHouseholds(batch, changed);
        var residents = changed.SelectMany(e => e.Residents.Select(r => (e.Household, Row: r))).ToList();
        if (residents.Count > 0)
            WriteResidents(batch, residents);
    }

    static void WriteHouseholds(NpgsqlBatch batch, IReadOnlyList<HouseholdEntry> rows) =>
        batch.BatchCommands.Add(
            new(UpsertHouseholds)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Household.Id),
                    Parameters.Texts(rows, r => r.Household.Area.Key),
                    Parameters.NullableUuids(rows, r => r.Household.Place),
                    Parameters.Texts(rows, r => r.Household.Worker?.Key),
                    Parameters.Smallints(rows, r => (short)r.Household.Status),
                    Parameters.Integers(rows, r => r.Household.Version),
                    Parameters.Bytes(rows, r => r.Row.Fields),
                    Parameters.NullableUuids(rows, r => r.Household.Head?.Id),
                    Parameters.Smallints(rows, r => (short)r.Household.Living.Count()),
                    Parameters.TextArrays(rows, r => r.Household.Living.SelectMany(l => l.Groups).Distinct()),
                    Parameters.NullableDates(rows, r => ExpiresOn(r.Household)),
                    Parameters.Times(rows, r => r.Household.CreatedAt),
                    Parameters.Times(rows, r => r.Household.UpdatedAt),
                    Parameters.Times(rows, r => r.Household.CheckedAt),
                    Parameters.NullableTimes(rows, r => r.Household.VisitedAt),
                    Parameters.ByteArrays(rows, r => r.Row.Tokens),
                },
            }
        );

    static void WriteResidents(NpgsqlBatch batch, IReadOnlyList<(HouseholdView Household, SealedResident Row)> rows)
    {
        batch.BatchCommands.Add(
            new(UpsertResidents)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Row.Resident.Id),
                    Parameters.Uuids(rows, r => r.Household.Id),
                    Parameters.Texts(rows, r => r.Household.Area.Key),
                    Parameters.Smallints(rows, r => (short)r.Row.Resident.Kind),
                    Parameters.Smallints(rows, r => (short)r.Row.Resident.Status),
                    Parameters.Texts(rows, r => r.Row.Resident.Relation),
                    Parameters.TextArrays(rows, r => r.Row.Resident.Groups),
                    Parameters.TextArrays(rows, r => r.Row.Resident.Tags),
                    Parameters.NullableTimes(rows, r => r.Row.Resident.LeftAt),
                    Parameters.Bytes(rows, r => r.Row.Fields),
                    Parameters.Booleans(rows, r => r.Row.Resident.IsErased),
                    Parameters.IntegerArrays(rows, r => r.Row.NameTokens),
                    Parameters.ByteArrays(rows, r => r.Row.Tokens),
                    Parameters.ByteArrays(rows, r => r.Row.Likeness),
                },
            }
        );
        batch.BatchCommands.Add(
            new("delete from certificate where resident = any($1)") { Parameters = { Parameters.Uuids(rows, r => r.Row.Resident.Id) } }
        );
        var held = rows.Where(r => r.Row.Resident.IsLiving)
            .SelectMany(r => r.Row.Resident.Certificates.Select(c => (r.Household, r.Row.Resident, Certificate: c)))
            .ToList();
        if (held.Count == 0)
            return;
        batch.BatchCommands.Add(
            new(InsertCertificates)
            {
                Parameters =
                {
                    Parameters.Uuids(held, c => c.Certificate.Id),
                    Parameters.Uuids(held, c => c.Resident.Id),
                    Parameters.Uuids(held, c => c.Household.Id),
                    Parameters.Texts(held, c => c.Household.Area.Key),
                    Parameters.Texts(held, c => c.Certificate.Kind),
                    Parameters.Dates(held, c => c.Certificate.ExpiresOn),
                    Parameters.NullableUuids(held, c => c.Certificate.RaisedCase),
                },
            }
        );
    }

    static DateOnly? ExpiresOn(HouseholdView view) =>
        view.Living.SelectMany(r => r.Certificates).Select(c => (DateOnly?)c.ExpiresOn).Order().FirstOrDefault();
}
