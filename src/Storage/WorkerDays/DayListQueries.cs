using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>A day in the list of those who oversee workers.</summary>
/// <param name="Records">By their times.</param>
/// <param name="Late">How many records came after it was closed.</param>
public sealed record DayRow(
    StoredDay Day,
    IReadOnlyList<DutyRecord> Records,
    int OpenFlags,
    int Late,
    DateTimeOffset? CorrectedAt,
    DateTimeOffset? HandedOverAt,
    PersonId? HandedOverTo
);

/// <summary>Reads the days of many workers.</summary>
public sealed class DayListQueries(NpgsqlDataSource source)
{
    /// <summary>The rows of a page first, so that records are read for these alone.</summary>
    const string Statement = """
        with page as (
            select * from worker_day d where d.area = any($1) and d.day between $2 and $3 and ($4 = false or d.corrected_at is not null)
                and ($5::date is null or d.day < $5 or (d.day = $5 and (d.area, d.person) > ($6, $7)))
            order by d.day desc, d.area, d.person limit $8)
        select d.person, d.day, d.area, d.closes_at, d.closed_at, d.late, d.corrected_at, d.handed_over_at, d.handed_over_to,
            (select count(*)::integer from field_flag f where f.person = d.person and f.day = d.day and f.cleared_at is null),
            r.kinds, r.times, r.ends
        from page d cross join lateral (
            select coalesce(array_agg(kind order by at, sequence), '{}') as kinds,
                coalesce(array_agg(at order by at, sequence), '{}') as times,
                coalesce(array_agg(until order by at, sequence), '{}') as ends
            from field_record r where r.person = d.person and r.day = d.day) r
        order by d.day desc, d.area, d.person
        """;

    /// <summary>Days of some areas, the latest first, then by area and person.</summary>
    /// <param name="onlyCorrected">Only those to which records came after they had been closed.</param>
    /// <param name="after">The last one of the page before: its day, the key of its area, and the key of the person.</param>
    public async Task<IReadOnlyList<DayRow>> List(
        IReadOnlyList<string> areas,
        DateOnly from,
        DateOnly to,
        bool onlyCorrected,
        (DateOnly Day, string Area, string Person)? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(Statement);
        command.Bind(
            Parameters.Texts(areas, a => a),
            Parameters.Of(from),
            Parameters.Of(to),
            Parameters.Of(onlyCorrected),
            Parameters.Of(after?.Day),
            Parameters.Of(after?.Area),
            Parameters.Of(after?.Person),
            Parameters.Of(limit)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<DayRow>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(
                new(
                    new(
                        new(reader.GetString(0)),
                        reader.GetFieldValue<DateOnly>(1),
                        new(reader.GetString(2)),
                        reader.GetFieldValue<DateTimeOffset>(3),
                        TimeOrNull(reader, 4)
                    ),
                    ReadRecords(reader),
                    reader.GetInt32(9),
                    reader.GetInt32(5),
                    TimeOrNull(reader, 6),
                    TimeOrNull(reader, 7),
                    reader.IsDBNull(8) ? null : new PersonId(reader.GetString(8))
                )
            );
        return rows;
    }

    static DateTimeOffset? TimeOrNull(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    static DutyRecord[] ReadRecords(NpgsqlDataReader reader)
    {
        var kinds = reader.GetFieldValue<short[]>(10);
        var times = reader.GetFieldValue<DateTimeOffset[]>(11);
        var ends = reader.GetFieldValue<DateTimeOffset?[]>(12);
        return [.. kinds.Select((kind, i) => new DutyRecord((FieldRecordKind)kind, times[i], i, ends[i]))];
    }
}
