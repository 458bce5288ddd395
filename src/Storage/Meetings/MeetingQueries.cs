using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Meetings;

/// <summary>A case on a ledger.</summary>
public sealed record LedgerCase(CaseRow Case, DateTimeOffset At, PersonId By, string Reason);

/// <summary>A meeting in a list.</summary>
/// <param name="Items">How many cases were on the agenda.</param>
/// <param name="Decided">About how many of them something was decided.</param>
public sealed record ListedMeeting(
    Guid Id,
    AreaId Area,
    string Number,
    DateTimeOffset ScheduledAt,
    DateTimeOffset OpenedAt,
    int Items,
    int Decided,
    DateTimeOffset? ClosedAt
);

/// <summary>Reads ledgers and the meetings that were held over them.</summary>
public sealed class MeetingQueries(NpgsqlDataSource source)
{
    /// <summary>More cases than a meeting can speak of.</summary>
    public const int MaxAgenda = 200;

    const string Meeting = "m.id, m.area, m.number, m.scheduled_at, m.opened_at, m.items, m.decided, m.closed_at";

    /// <summary>The open cases on the ledger of an area, those that wait longest first. No confidential case is on a ledger.</summary>
    public async Task<IReadOnlyList<LedgerCase>> Ledger(AreaId area, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select {CaseRow.Columns}, l.put_at, l.put_by, l.reason from ledger_item l join case_file c on c.id = l.case_id
            where l.area = $1 and c.status not in (6, 7) and not c.confidential order by l.put_at, c.id limit {MaxAgenda}
            """
        );
        command.Bind(Parameters.Of(area.Key));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var cases = new List<LedgerCase>();
        var first = reader.FieldCount - 3;
        while (await reader.ReadAsync(cancellationToken))
            cases.Add(
                new(
                    CaseRow.Read(reader),
                    reader.GetFieldValue<DateTimeOffset>(first),
                    new(reader.GetString(first + 1)),
                    reader.GetString(first + 2)
                )
            );
        return cases;
    }

    /// <summary>The cases of a meeting, by their ids.</summary>
    public async Task<IReadOnlyDictionary<Guid, CaseRow>> Cases(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {CaseRow.Columns} from case_file c where c.id = any($1)");
        command.Parameters.Add(Parameters.Uuids(ids, id => id));
        return (await CaseQueries.Read(command, cancellationToken)).ToDictionary(c => c.Id);
    }

    /// <summary>The open meeting of an area; null when there is none.</summary>
    public async Task<ListedMeeting?> Open(AreaId area, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"select {Meeting} from meeting m where m.area = $1 and m.closed_at is null order by m.opened_at desc limit 1"
        );
        command.Bind(Parameters.Of(area.Key));
        return await Read(command, cancellationToken) is [var open, ..] ? open : null;
    }

    /// <summary>For when the latest meeting of an area was planned; null when none was held.</summary>
    public async Task<DateTimeOffset?> Last(AreaId area, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select max(scheduled_at) from meeting where area = $1");
        command.Bind(Parameters.Of(area.Key));
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime last ? new DateTimeOffset(last) : null;
    }

    /// <summary>The meetings of an area and everything below it, the newest first.</summary>
    /// <param name="before">The time and the id of the last meeting of the page before.</param>
    public async Task<IReadOnlyList<ListedMeeting>> List(
        AreaNode under,
        (DateTimeOffset At, Guid Id)? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select {Meeting} from meeting m join area a on a.key = m.area
            where a.pack = $1 and a.lft between $2 and $3 and ($4::timestamptz is null or (m.opened_at, m.id) < ($4, $5))
            order by m.opened_at desc, m.id desc limit $6
            """
        );
        command.Bind(
            Parameters.Of(under.Id.Pack),
            Parameters.Of(under.Left),
            Parameters.Of(under.Right),
            Parameters.Of(before?.At),
            Parameters.Of(before?.Id ?? Guid.Empty),
            Parameters.Of(limit)
        );
        return await Read(command, cancellationToken);
    }

    static async Task<IReadOnlyList<ListedMeeting>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var r = await command.ExecuteReaderAsync(cancellationToken);
        var meetings = new List<ListedMeeting>();
        while (await r.ReadAsync(cancellationToken))
            meetings.Add(
                new(
                    r.GetGuid(0),
                    new(r.GetString(1)),
                    r.GetString(2),
                    r.GetFieldValue<DateTimeOffset>(3),
                    r.GetFieldValue<DateTimeOffset>(4),
                    r.GetInt32(5),
                    r.GetInt32(6),
                    r.IsDBNull(7) ? null : r.GetFieldValue<DateTimeOffset>(7)
                )
            );
        return meetings;
    }
}
