using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Consultations;

/// <summary>Where a consultation stands.</summary>
public enum ConsultationStatus
{
    /// <summary>It waits for opinions or for its decision.</summary>
    Open,

    /// <summary>It waits for opinions that were owed earlier.</summary>
    Overdue,
    Decided,

    /// <summary>The case was closed before it was decided.</summary>
    Closed,
}

/// <summary>A line of the list of consultations.</summary>
/// <param name="Parties">How many parties were invited.</param>
/// <param name="Given">How many have given their opinion.</param>
public sealed record ListedConsultation(
    CaseRow Case,
    Guid Id,
    string Number,
    DateTimeOffset CalledAt,
    PersonId CalledBy,
    string Reason,
    DateTimeOffset? DueAt,
    int Parties,
    int Given,
    DateTimeOffset? DecidedAt,
    PersonId? DecidedBy,
    string Decision,
    ConsultationStatus Status
);

/// <param name="Area">An area whose consultations and those below it are counted.</param>
/// <param name="Called">How many were called within the time.</param>
/// <param name="Open">How many of these aren't decided, and their case is open.</param>
public sealed record ConsultationCount(AreaId Area, int Called, int Decided, int Open);

/// <summary>Reads the list of consultations, and counts them.</summary>
public sealed class ConsultationQueries(NpgsqlDataSource source)
{
    const string Below = """
        from consultation o join case_file c on c.id = o.case_id join area a on a.key = c.area
        where a.pack = $1 and a.lft between $2 and $3
        """;

    /// <summary>The case that a consultation is about; null when there is no such consultation.</summary>
    public async Task<Guid?> CaseOf(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select case_id from consultation where id = $1");
        command.Bind(Parameters.Of(id));
        return (Guid?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>The consultations of an area and everything below it, the newest first.</summary>
    /// <param name="viewer">Those about confidential cases are listed for people whom the case concerns alone.</param>
    /// <param name="status">Only those that stand so; null for all.</param>
    /// <param name="from">Only those that were called at this time or later.</param>
    /// <param name="to">Only those that were called before this time.</param>
    /// <param name="before">The time and the id of the last consultation of the page before.</param>
    public async Task<IReadOnlyList<ListedConsultation>> List(
        AreaNode under,
        PersonId viewer,
        ConsultationStatus? status,
        DateTimeOffset? from,
        DateTimeOffset? to,
        DateTimeOffset now,
        (DateTimeOffset At, Guid Id)? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select {CaseRow.Columns}, o.id, o.number, o.called_at, o.called_by, o.reason, o.due_at, o.parties, o.given, o.decided_at,
                o.decided_by, o.decision, stands.status
            from consultation o join case_file c on c.id = o.case_id join area a on a.key = c.area
            cross join lateral (select case when o.decided_at is not null then 2 when c.status in (6, 7) then 3
                when o.given < o.parties and o.due_at <= $5 then 1 else 0 end as status) stands
            where a.pack = $1 and a.lft between $2 and $3
                and (not c.confidential or c.reporter = $4 or c.claimant = $4 or $4 = any(c.offered_to))
                and ($6::int is null or stands.status = $6 or (stands.status = 1 and $6 = 0))
                and ($7::timestamptz is null or o.called_at >= $7) and ($8::timestamptz is null or o.called_at < $8)
                and ($9::timestamptz is null or (o.called_at, o.id) < ($9, $10))
            order by o.called_at desc, o.id desc limit $11
            """
        );
        command.Bind(
            Parameters.Of(under.Id.Pack),
            Parameters.Of(under.Left),
            Parameters.Of(under.Right),
            Parameters.Of(viewer.Key),
            Parameters.Of(now),
            new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer, Value = status is { } s ? (int)s : DBNull.Value },
            Parameters.Of(from),
            Parameters.Of(to),
            Parameters.Of(before?.At),
            Parameters.Of(before?.Id ?? Guid.Empty),
            Parameters.Of(limit)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var listed = new List<ListedConsultation>();
        var first = reader.FieldCount - 12;
        while (await reader.ReadAsync(cancellationToken))
            listed.Add(Read(reader, first));
        return listed;
    }

    /// <summary>
    /// How many consultations were called within a time, for an area and for each of its children. Boards tell nothing of those about
    /// confidential cases.
    /// </summary>
    public async Task<IReadOnlyList<ConsultationCount>> Count(
        AreaNode area,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select a.lft, o.decided_at is not null, c.status not in (6, 7) {Below}
                and not c.confidential and o.called_at >= $4 and o.called_at < $5
            """
        );
        command.Bind(
            Parameters.Of(area.Id.Pack),
            Parameters.Of(area.Left),
            Parameters.Of(area.Right),
            Parameters.Of(from),
            Parameters.Of(to)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<(int Left, bool IsDecided, bool IsCaseOpen)>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add((reader.GetInt32(0), reader.GetBoolean(1), reader.GetBoolean(2)));
        return
        [
            .. area
                .Children.Prepend(area)
                .Select(node => (node, In: found.Where(f => node.Left <= f.Left && f.Left <= node.Right).ToList()))
                .Select(x => new ConsultationCount(
                    x.node.Id,
                    x.In.Count,
                    x.In.Count(f => f.IsDecided),
                    x.In.Count(f => !f.IsDecided && f.IsCaseOpen)
                )),
        ];
    }

    static ListedConsultation Read(NpgsqlDataReader r, int first) =>
        new(
            CaseRow.Read(r),
            r.GetGuid(first),
            r.GetString(first + 1),
            r.GetFieldValue<DateTimeOffset>(first + 2),
            new(r.GetString(first + 3)),
            r.GetString(first + 4),
            r.IsDBNull(first + 5) ? null : r.GetFieldValue<DateTimeOffset>(first + 5),
            r.GetInt16(first + 6),
            r.GetInt16(first + 7),
            r.IsDBNull(first + 8) ? null : r.GetFieldValue<DateTimeOffset>(first + 8),
            r.IsDBNull(first + 9) ? null : new PersonId(r.GetString(first + 9)),
            r.GetString(first + 10),
            (ConsultationStatus)r.GetInt32(first + 11)
        );
}
