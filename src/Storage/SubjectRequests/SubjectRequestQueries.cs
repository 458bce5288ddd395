using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Contracts.SubjectRequests;
using GridActors.Domain.Households;
using GridActors.Storage.Database;
using GridActors.Storage.Households;
using GridActors.Storage.Vault;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.SubjectRequests;

/// <summary>A request in a list.</summary>
/// <param name="Area">Where the resident's household is.</param>
/// <param name="Household">The resident's, which may be another one by now than when the request was entered.</param>
/// <param name="ResidentFields">Empty when the resident was erased.</param>
public sealed record ListedSubjectRequest(
    Guid Id,
    AreaId Area,
    Guid Household,
    PersonId? Worker,
    Guid Resident,
    ImmutableSortedDictionary<string, string> ResidentFields,
    SubjectRequestKind Kind,
    SubjectRequestStatus Status,
    DateTimeOffset OpenedAt,
    PersonId OpenedBy,
    DateTimeOffset DueAt,
    DateTimeOffset? DecidedAt,
    PersonId? DecidedBy,
    DateTimeOffset? CarriedOutAt,
    int? HouseholdVersion
);

/// <param name="Areas">The keys of the areas whose households' requests are listed.</param>
public sealed record SubjectRequestFilter(string Pack, IReadOnlyList<string> Areas)
{
    /// <summary>Only those that aren't answered, or not carried out; the one that is due first comes first.</summary>
    public bool PendingOnly { get; init; }
    public Guid? Resident { get; init; }
    public (DateTimeOffset At, Guid Id)? After { get; init; }
}

/// <summary>Reads requests of residents.</summary>
public sealed class SubjectRequestQueries(NpgsqlDataSource source, HouseholdSealer sealer, SubjectKeys subjects)
{
    /// <summary>The household that a resident is in, or was in last; null for nobody.</summary>
    public async Task<Guid?> HouseholdOf(Guid resident, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select household from resident where id = $1");
        command.Bind(Parameters.Of(resident));
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    /// <summary>How many of a pack wait for an answer longer than they may.</summary>
    public async Task<int> Overdue(SubjectRequestFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select count(*)::integer from subject_request q join resident r on r.id = q.resident
            where q.pack = $1 and r.area = any($2) and q.status < 3 and q.due_at < $3
            """
        );
        command.Bind(Parameters.Of(filter.Pack), Parameters.Texts(filter.Areas, a => a), Parameters.Of(now));
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Those that are due first come first, or, of all, the newest.</summary>
    public async Task<IReadOnlyList<ListedSubjectRequest>> List(SubjectRequestFilter filter, int limit, CancellationToken cancellationToken)
    {
        var (order, after) = filter.PendingOnly ? ("q.due_at, q.id", ">") : ("q.opened_at desc, q.id desc", "<");
        var at = filter.PendingOnly ? "q.due_at" : "q.opened_at";
        await using var command = source.CreateCommand(
            $"""
            select q.id, r.area, r.household, h.worker, q.resident, r.fields, q.kind, q.status, q.opened_at, q.opened_by, q.due_at,
                q.decided_at, q.decided_by, q.carried_out_at, q.household_version
            from subject_request q join resident r on r.id = q.resident join household h on h.id = r.household
            where q.pack = $1 and r.area = any($2) and (not $3 or q.status < 3) and ($4::uuid is null or q.resident = $4)
                and ($5::timestamptz is null or ({at}, q.id) {after} ($5, $6))
            order by {order} limit $7
            """
        );
        command.Bind(
            Parameters.Of(filter.Pack),
            Parameters.Texts(filter.Areas, a => a),
            Parameters.Of(filter.PendingOnly),
            new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = filter.Resident is { } resident ? resident : DBNull.Value },
            Parameters.Of(filter.After?.At),
            Parameters.Of(filter.After?.Id ?? Guid.Empty),
            Parameters.Of(limit)
        );
        var rows = new List<(ListedSubjectRequest Request, byte[] Fields)>();
        await using (var r = await command.ExecuteReaderAsync(cancellationToken))
            while (await r.ReadAsync(cancellationToken))
                rows.Add((Read(r), r.GetFieldValue<byte[]>(5)));
        var keys = await subjects.OfRows([.. rows.Select(r => r.Request.Resident).Distinct()], cancellationToken);
        return
        [
            .. rows.Select(r =>
                r.Request with
                {
                    ResidentFields = sealer.OpenResident(keys.GetValueOrDefault(r.Request.Resident), r.Fields),
                }
            ),
        ];
    }

    static ListedSubjectRequest Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            new(r.GetString(1)),
            r.GetGuid(2),
            r.IsDBNull(3) ? null : new PersonId(r.GetString(3)),
            r.GetGuid(4),
            Facts.None,
            (SubjectRequestKind)r.GetInt16(6),
            (SubjectRequestStatus)r.GetInt16(7),
            r.GetFieldValue<DateTimeOffset>(8),
            new(r.GetString(9)),
            r.GetFieldValue<DateTimeOffset>(10),
            r.IsDBNull(11) ? null : r.GetFieldValue<DateTimeOffset>(11),
            r.IsDBNull(12) ? null : new PersonId(r.GetString(12)),
            r.IsDBNull(13) ? null : r.GetFieldValue<DateTimeOffset>(13),
            r.IsDBNull(14) ? null : r.GetInt32(14)
        );
}
