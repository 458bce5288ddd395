using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;

namespace GridActors.Storage.Households.Import;

/// <summary>Reads the households with which an import is compared, all at once, and opens them.</summary>
public sealed class RegisteredHouseholds(NpgsqlDataSource source, HouseholdSealer sealer, Vault.Vault vault)
{
    /// <summary>How many tokens one query looks for.</summary>
    const int TokensAtOnce = 1_000;

    /// <param name="areas">The keys of the areas whose households are read whole.</param>
    /// <param name="idNumbers">Numbers of residents who may be registered elsewhere; see <paramref name="readable"/>.</param>
    /// <param name="readable">The keys of all areas whose households the caller may read.</param>
    public async Task<IReadOnlyList<HouseholdView>> Read(
        string pack,
        IReadOnlyList<string> areas,
        IReadOnlyCollection<string> idNumbers,
        IReadOnlyList<string> readable,
        CancellationToken cancellationToken
    )
    {
        var households = await Read("h.area = any($1)", Parameters.Texts(areas, a => a), cancellationToken);
        var known = households.SelectMany(h => h.Living).Select(r => r.Fields.GetValueOrDefault(StandardFields.IdNumber)).ToHashSet();
        var others = idNumbers.Where(n => !known.Contains(n)).ToList();
        var elsewhere = await Elsewhere(pack, others, [.. readable.Except(areas)], cancellationToken);
        return elsewhere.Count == 0
            ? households
            : [.. households, .. await Read("h.id = any($1)", Parameters.Uuids(elsewhere, e => e), cancellationToken)];
    }

    async Task<List<Guid>> Elsewhere(string pack, List<string> idNumbers, IReadOnlyList<string> areas, CancellationToken cancellationToken)
    {
        var found = new HashSet<Guid>();
        if (areas.Count == 0)
            return [];
        var tokens = vault.Tokens(pack);
        foreach (var some in idNumbers.Chunk(TokensAtOnce))
        {
            await using var command = source.CreateCommand(
                "select household from resident where tokens && $1 and area = any($2) and status = 0 and not erased"
            );
            command.Bind(
                Parameters.Bytes(some, n => tokens.Exact(TokenKind.Identifier, IdentifierRules.ForSearch(n))),
                Parameters.Texts(areas, a => a)
            );
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                found.Add(reader.GetGuid(0));
        }
        return [.. found];
    }

    async Task<IReadOnlyList<HouseholdView>> Read(string where, NpgsqlParameter parameter, CancellationToken cancellationToken)
    {
        var certificates = await Certificates(where, parameter, cancellationToken);
        var residents = await Residents(where, parameter, certificates, cancellationToken);
        await using var command = source.CreateCommand(
            $"""
            select k.subject, k.pack, k.version, k.wrapped, h.id, h.area, h.version, h.fields, h.created_at, h.checked_at
            from household h left join subject_key k on k.subject = h.id where {where} and h.status = 0
            """
        );
        command.Bind(parameter.Clone());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var households = new List<HouseholdView>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var at = reader.GetFieldValue<DateTimeOffset>(8);
            households.Add(
                new(
                    reader.GetGuid(4),
                    new(reader.GetString(5)),
                    null,
                    null,
                    HouseholdStatus.Living,
                    sealer.OpenHousehold(KeyOf(reader), reader.GetFieldValue<byte[]>(7)),
                    [.. residents[reader.GetGuid(4)]],
                    reader.GetInt32(6),
                    at,
                    at,
                    PersonId.Service(new AreaId(reader.GetString(5)).Pack),
                    reader.GetFieldValue<DateTimeOffset>(9)
                )
            );
        }
        return households;
    }

    async Task<ILookup<Guid, ResidentView>> Residents(
        string where,
        NpgsqlParameter parameter,
        ILookup<Guid, Certificate> certificates,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select k.subject, k.pack, k.version, k.wrapped, r.id, r.household, r.kind, r.relation, r.groups, r.tags, r.fields
            from resident r join household h on h.id = r.household left join subject_key k on k.subject = r.id
            where {where} and h.status = 0 and r.status = 0 and not r.erased
            """
        );
        command.Bind(parameter.Clone());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var residents = new List<(Guid Household, ResidentView Resident)>();
        while (await reader.ReadAsync(cancellationToken))
            residents.Add(
                (
                    reader.GetGuid(5),
                    new(
                        reader.GetGuid(4),
                        (ResidentKind)reader.GetInt16(6),
                        reader.IsDBNull(7) ? null : reader.GetString(7),
                        sealer.OpenResident(KeyOf(reader), reader.GetFieldValue<byte[]>(10)),
                        [.. reader.GetFieldValue<string[]>(8)],
                        [.. certificates[reader.GetGuid(4)]],
                        [.. reader.GetFieldValue<string[]>(9)]
                    )
                )
            );
        return residents.ToLookup(r => r.Household, r => r.Resident);
    }

    /// <summary>
    /// The key of a row, which is read with it: there are too many to be remembered, and each is needed once. Null for who was erased.
    /// </summary>
    static SubjectKey? KeyOf(NpgsqlDataReader reader) => reader.IsDBNull(0) ? null : SubjectKeys.Read(reader);

    async Task<ILookup<Guid, Certificate>> Certificates(string where, NpgsqlParameter parameter, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select c.resident, c.id, c.kind, c.expires_on, c.raised_case
            from certificate c join household h on h.id = c.household where {where} order by c.id
            """
        );
        command.Bind(parameter.Clone());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var certificates = new List<(Guid Resident, Certificate Certificate)>();
        while (await reader.ReadAsync(cancellationToken))
            certificates.Add(
                (
                    reader.GetGuid(0),
                    new(
                        reader.GetGuid(1),
                        reader.GetString(2),
                        reader.GetFieldValue<DateOnly>(3),
                        reader.IsDBNull(4) ? null : reader.GetGuid(4)
                    )
                )
            );
        return certificates.ToLookup(c => c.Resident, c => c.Certificate);
    }
}
