using System.Collections.Immutable;
using GridActors.Domain.Households;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;

namespace GridActors.Storage.Households;

/// <summary>A field whose values wouldn't be seen, or wouldn't be right, by the rules of another version of the pack.</summary>
/// <param name="IsGone">The other version doesn't have it: what is kept of it would be hidden from everybody.</param>
/// <param name="Count">How many households or residents have such a value.</param>
public sealed record AffectedField(SubjectKind Subject, string Id, string Name, bool IsGone, int Count);

/// <summary>
/// Finds out whether fields that a new version of a pack changes or drops are in use. Their values are sealed, so all of them are opened:
/// it takes a second for a county of 100,000 people, and is done only when a field was changed.
/// </summary>
public sealed class FieldUse(NpgsqlDataSource source, HouseholdSealer sealer, SubjectKeys subjects)
{
    const int RowsAtOnce = 2_000;

    public async Task<IReadOnlyList<AffectedField>> Of(
        string pack,
        HouseholdRules before,
        HouseholdRules after,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var affected = new List<AffectedField>();
        foreach (var (subject, table) in new[] { (SubjectKind.Household, "household"), (SubjectKind.Resident, "resident") })
        {
            var changed = before.FieldsOf(subject).Where(f => IsChanged(subject, f, before, after)).ToList();
            if (changed.Count > 0)
                affected.AddRange(await Count(pack, subject, table, changed, after, today, cancellationToken));
        }
        return affected;
    }

    /// <summary>Also a code list that lost a code changes the fields that use it.</summary>
    static bool IsChanged(SubjectKind subject, FieldRule rule, HouseholdRules before, HouseholdRules after)
    {
        if (after.Field(subject, rule.Id) is not { } next || next.Type != rule.Type)
            return true;
        return rule.Codes is { } codes
            && before.Codes.GetValueOrDefault(codes) is { } list
            && list.Codes.Any(c => next.Codes is null || after.Codes.GetValueOrDefault(next.Codes)?.Find(c.Code) is null);
    }

    async Task<IReadOnlyList<AffectedField>> Count(
        string pack,
        SubjectKind subject,
        string table,
        IReadOnlyList<FieldRule> changed,
        HouseholdRules after,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var counts = new int[changed.Count];
        for (Guid? last = Guid.Empty; last is { } id; )
        {
            var rows = await Rows(pack, table, id, cancellationToken);
            var keys = await subjects.Of([.. rows.Select(r => r.Id)], cancellationToken);
            foreach (var (row, value) in rows)
            {
                var key = keys.GetValueOrDefault(row);
                var fields = subject == SubjectKind.Resident ? sealer.OpenResident(key, value) : sealer.OpenHousehold(key, value);
                for (var i = 0; i < changed.Count; i++)
                    if (fields.ContainsKey(changed[i].Id) && !IsRight(subject, changed[i].Id, fields, after, today))
                        counts[i]++;
            }
            last = rows.Count < RowsAtOnce ? null : rows[^1].Id;
        }
        return
        [
            .. changed
                .Select((f, i) => new AffectedField(subject, f.Id, f.Name, after.Field(subject, f.Id) is null, counts[i]))
                .Where(f => f.Count > 0),
        ];
    }

    static bool IsRight(
        SubjectKind subject,
        string id,
        ImmutableSortedDictionary<string, string> fields,
        HouseholdRules after,
        DateOnly today
    )
    {
        if (after.Field(subject, id) is not { } rule)
            return false;
        var codes = rule.Codes is { } list ? after.Codes.GetValueOrDefault(list) : null;
        var idType = fields.GetValueOrDefault(StandardFields.IdType) ?? "";
        return FieldValues.Read(rule.Type, fields[id], typed => codes?.Named(typed)?.Code, idType, today).Error is null;
    }

    async Task<List<(Guid Id, byte[] Fields)>> Rows(string pack, string table, Guid after, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select s.id, s.fields from {table} s join area a on a.key = s.area
            where a.pack = $1 and s.status = 0 and s.id > $2 order by s.id limit {RowsAtOnce}
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(after));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(Guid, byte[])>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add((reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)));
        return rows;
    }
}
