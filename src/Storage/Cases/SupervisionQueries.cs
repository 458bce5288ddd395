using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>Where a supervision notice stands.</summary>
public enum SupervisionState
{
    /// <summary>It waits for its answer.</summary>
    Open,

    /// <summary>It waits for its answer, which was owed earlier.</summary>
    Overdue,
    Answered,

    /// <summary>The case was closed before it was answered.</summary>
    Closed,
}

/// <summary>A line of the supervision ledger.</summary>
public sealed record SupervisedCase(CaseRow Case, CaseSupervision Notice, SupervisionState State);

/// <summary>Reads the supervision ledger (督办台账).</summary>
public sealed class SupervisionQueries(NpgsqlDataSource source)
{
    /// <summary>The notices of an area and everything below it, the newest first.</summary>
    /// <param name="viewer">Notices of confidential cases are listed for people whom the case concerns alone.</param>
    /// <param name="state">Only those that stand so; null for all.</param>
    /// <param name="before">The time and the case of the last notice of the page before.</param>
    public async Task<IReadOnlyList<SupervisedCase>> List(
        AreaNode under,
        PersonId viewer,
        SupervisionState? state,
        DateTimeOffset now,
        (DateTimeOffset At, Guid Case)? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select {CaseRow.Columns}, s.number, s.issued_at, s.issued_by, s.reason, s.clock, s.due_at, s.answered_at, s.answered_by,
                s.answer, stands.state
            from supervision s join case_file c on c.id = s.case_id join area a on a.key = c.area
            cross join lateral (select case when s.answered_at is not null then 2 when c.status in (6, 7) then 3 when s.due_at <= $5 then 1
                else 0 end as state) stands
            where a.pack = $1 and a.lft between $2 and $3
                and (not c.confidential or c.reporter = $4 or c.claimant = $4 or $4 = any(c.offered_to))
                and ($6::int is null or stands.state = $6) and ($7::timestamptz is null or (s.issued_at, s.case_id) < ($7, $8))
            order by s.issued_at desc, s.case_id desc limit $9
            """
        );
        command.Bind(
            Parameters.Of(under.Id.Pack),
            Parameters.Of(under.Left),
            Parameters.Of(under.Right),
            Parameters.Of(viewer.Key),
            Parameters.Of(now),
            new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer, Value = state is { } s ? (int)s : DBNull.Value },
            Parameters.Of(before?.At),
            Parameters.Of(before?.Case ?? Guid.Empty),
            Parameters.Of(limit)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var notices = new List<SupervisedCase>();
        var first = reader.FieldCount - 10;
        while (await reader.ReadAsync(cancellationToken))
            notices.Add(new(CaseRow.Read(reader), Notice(reader, first), (SupervisionState)reader.GetInt32(first + 9)));
        return notices;
    }

    static CaseSupervision Notice(NpgsqlDataReader r, int first) =>
        new(
            r.GetString(first),
            r.GetFieldValue<DateTimeOffset>(first + 1),
            new(r.GetString(first + 2)),
            r.GetString(first + 3),
            r.IsDBNull(first + 4) ? null : (ClockName)r.GetInt16(first + 4),
            r.IsDBNull(first + 5) ? null : r.GetFieldValue<DateTimeOffset>(first + 5),
            r.IsDBNull(first + 6) ? null : r.GetFieldValue<DateTimeOffset>(first + 6),
            r.IsDBNull(first + 7) ? null : new PersonId(r.GetString(first + 7)),
            r.GetString(first + 8)
        );
}
