using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;

namespace GridActors.Storage.Households;

/// <summary>A resident who may be registered twice, opened.</summary>
public sealed record LikeResident(Guid Id, Guid Household, AreaId Area, ImmutableSortedDictionary<string, string> Fields);

/// <summary>Two records that may be of one person.</summary>
public sealed record LikePair(Likeness By, LikeResident One, LikeResident Other);

/// <summary>
/// Finds residents who may be registered twice. Tokens find candidates, which are opened and compared (<see cref="SamePerson"/>).
/// </summary>
public sealed class DuplicateResidents(NpgsqlDataSource source, HouseholdSealer sealer, Vault.Vault vault, SubjectKeys subjects)
{
    const string Columns = "r.id, r.household, r.area, r.fields";
    const int CompletedAtOnce = 1_000;

    /// <summary>A text that so many have in common is a placeholder of a form, and says nothing.</summary>
    const int MaxAlike = 20;
    const int MaxCandidates = 500;

    /// <summary>Everybody of a pack who may be somebody of a household, but for those in it.</summary>
    public async Task<IReadOnlyList<LikePair>> Of(
        HouseholdView household,
        IReadOnlyCollection<Guid> who,
        CancellationToken cancellationToken
    )
    {
        var pack = household.Area.Pack;
        var residents = household
            .Living.Where(r => who.Contains(r.Id))
            .Select(r => new LikeResident(r.Id, household.Id, household.Area, r.Fields))
            .ToList();
        if (residents.Count == 0)
            return [];
        var tokens = vault.Tokens(pack);
        var (exact, names) = (new List<byte[]>(), new List<int[]>());
        foreach (var fields in residents.Select(r => r.Fields))
        {
            if (fields.TryGetValue(StandardFields.IdNumber, out var number))
                exact.Add(tokens.Exact(TokenKind.Identifier, IdentifierRules.ForSearch(number)));
            if (fields.TryGetValue(StandardFields.Phone, out var phone))
                exact.Add(tokens.Exact(TokenKind.Phone, phone));
            if (fields.ContainsKey(StandardFields.BirthDate) && fields.TryGetValue(StandardFields.Name, out var name))
                names.Add(tokens.OfName(name));
        }
        await using var command = source.CreateCommand(
            $"""
            select {Columns} from resident r
            where starts_with(r.area, $1 || '/') and r.status = 0 and not r.erased and r.household <> $2 and r.id in (
                select e.id from resident e where e.tokens && $3
                union
                select n.id from unnest($4) as wanted (tokens) join resident n on n.name_tokens @> wanted.tokens::integer[])
            limit {MaxCandidates}
            """
        );
        command.Bind(
            Parameters.Of(pack),
            Parameters.Of(household.Id),
            Parameters.Bytes(exact, e => e),
            Parameters.IntegerArrays(names.Where(n => n.Length > 0).ToList(), n => n)
        );
        var others = await Open(command, cancellationToken);
        return
        [
            .. residents
                .SelectMany(r =>
                    others.Select(o => (By: SamePerson.Compare(r.Fields, o.Fields), One: r, Other: o)).Where(p => p.By is not null)
                )
                .Select(p => new LikePair(p.By!.Value, p.One, p.Other)),
        ];
    }

    /// <summary>
    /// The pairs of a pack of which at least one lives in some areas, without those whom somebody found to be two people.
    /// </summary>
    public async Task<IReadOnlyList<LikePair>> In(string pack, IReadOnlyList<string> areas, int limit, CancellationToken cancellationToken)
    {
        while (await Complete(pack, cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
        var pairs = await Candidates(pack, areas, limit, cancellationToken);
        var residents = await Opened([.. pairs.SelectMany(p => new[] { p.One, p.Other }).Distinct()], cancellationToken);
        return
        [
            .. pairs
                .Where(p => residents.ContainsKey(p.One) && residents.ContainsKey(p.Other))
                .Select(p => (One: residents[p.One], Other: residents[p.Other]))
                .Select(p => (By: SamePerson.Compare(p.One.Fields, p.Other.Fields), p.One, p.Other))
                .Where(p => p.By is not null)
                .Select(p => new LikePair(p.By!.Value, p.One, p.Other))
                .OrderBy(p => p.By),
        ];
    }

    /// <summary>Remembers that two who look like one person are two.</summary>
    public async Task Distinguish(Guid one, Guid other, PersonId by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            insert into resident_distinct (one, other, person, at) values (least($1, $2), greatest($1, $2), $3, $4)
            on conflict do nothing
            """
        );
        command.Bind(Parameters.Of(one), Parameters.Of(other), Parameters.Of(by.Key), Parameters.Of(at));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The areas of those of some residents who live here.</summary>
    public async Task<IReadOnlyList<AreaId>> AreasOf(IReadOnlyList<Guid> residents, CancellationToken cancellationToken) =>
        [.. (await Opened(residents, cancellationToken)).Values.Select(r => r.Area)];

    async Task<IReadOnlyList<(Guid One, Guid Other)>> Candidates(
        string pack,
        IReadOnlyList<string> areas,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            with alike as materialized (
                select array_agg(m.id order by m.id) as ids, array_agg(m.id) filter (where m.area = any($2)) as here
                from (select r.id, r.area, unnest(r.likeness) as token from resident r join area a on a.key = r.area
                    where a.pack = $1 and r.status = 0 and not r.erased) m
                group by m.token having count(*) between 2 and {MaxAlike} and bool_or(m.area = any($2)))
            select pair.one, pair.other
            from (select distinct x.one, y.other from alike
                cross join unnest(ids) as x (one) cross join unnest(ids) as y (other)
                where x.one < y.other and (x.one = any(here) or y.other = any(here))) as pair
            where not exists (select from resident_distinct d where d.one = pair.one and d.other = pair.other)
            order by pair.one, pair.other limit $3
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Texts(areas, a => a), Parameters.Of(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var pairs = new List<(Guid, Guid)>();
        while (await reader.ReadAsync(cancellationToken))
            pairs.Add((reader.GetGuid(0), reader.GetGuid(1)));
        return pairs;
    }

    /// <summary>Makes the tokens of some rows that have none yet.</summary>
    /// <returns>False when all rows of the pack have them.</returns>
    async Task<bool> Complete(string pack, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select {Columns} from resident r join area a on a.key = r.area
            where a.pack = $1 and r.likeness is null and r.status = 0 and not r.erased limit {CompletedAtOnce}
            """
        );
        command.Bind(Parameters.Of(pack));
        var residents = await Open(command, cancellationToken);
        if (residents.Count == 0)
            return false;
        var tokens = vault.Tokens(pack);
        await using var update = source.CreateCommand(
            """
            update resident r set likeness = t.likeness::bytea[] from unnest($1, $2) as t (id, likeness)
            where r.id = t.id and r.likeness is null
            """
        );
        update.Bind(
            Parameters.Uuids(residents, r => r.Id),
            Parameters.ByteArrays(residents, r => HouseholdSealer.LikenessOf(r.Fields, tokens))
        );
        await update.ExecuteNonQueryAsync(cancellationToken);
        return residents.Count == CompletedAtOnce;
    }

    async Task<Dictionary<Guid, LikeResident>> Opened(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"select {Columns} from resident r where r.id = any($1) and r.status = 0 and not r.erased"
        );
        command.Bind(Parameters.Uuids(ids, i => i));
        return (await Open(command, cancellationToken)).ToDictionary(r => r.Id);
    }

    async Task<IReadOnlyList<LikeResident>> Open(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var rows = new List<(LikeResident Resident, byte[] Fields)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(
                    (new(reader.GetGuid(0), reader.GetGuid(1), new(reader.GetString(2)), Facts.None), reader.GetFieldValue<byte[]>(3))
                );
        var keys = await subjects.OfRows([.. rows.Select(r => r.Resident.Id)], cancellationToken);
        return [.. rows.Select(r => r.Resident with { Fields = sealer.OpenResident(keys.GetValueOrDefault(r.Resident.Id), r.Fields) })];
    }
}
