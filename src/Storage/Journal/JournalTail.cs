using GridActors.Contracts.Areas;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Journal;

/// <summary>A version of a case that is stored, with what decides which board counts it.</summary>
/// <param name="Area">Where it happened.</param>
public sealed record DurableCase(AreaId Area, bool IsConfidential, DateTimeOffset ReportedAt, CaseMark Mark);

/// <summary>Reads the end of the journal, for the reconciler, which checks that every area was notified.</summary>
public sealed class JournalTail(NpgsqlDataSource source)
{
    const string LastValue = """
        coalesce((select last_value from pg_sequences where sequencename = 'journal_position_seq' and schemaname = current_schema), 0)
        """;

    /// <returns>The last position of the journal; 0 when it is empty.</returns>
    public async Task<long> LastPosition(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {LastValue}");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// The last position, and how long the oldest open transaction that may write to the journal has been open. What it has written isn't
    /// visible yet.
    /// </summary>
    public async Task<(long Position, TimeSpan OldestWriter)> End(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select {LastValue}, coalesce(extract(epoch from clock_timestamp() - min(xact_start)), 0)::float8
            from pg_stat_activity where backend_xid is not null and datname = current_database()
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), TimeSpan.FromSeconds(reader.GetDouble(1)));
    }

    /// <summary>
    /// The last version of every case that changed between two positions (the first excluded, the last included).
    /// </summary>
    public async Task<IReadOnlyList<DurableCase>> Cases(long after, long until, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with last as materialized (
                select area, stream, max(sequence) as version from journal
                where position > $1 and position <= $2 and stream like 'case/%' group by area, stream)
            select last.area, c.confidential, c.reported_at, c.id, last.version
            from last join case_file c on c.id = substr(last.stream, 6)::uuid
            """
        );
        command.Bind(Parameters.Of(after), Parameters.Of(until));
        return await Read(command, cancellationToken);
    }

    /// <summary>
    /// The areas whose households or days of workers changed between two positions, also those that a household left.
    /// </summary>
    public async Task<IReadOnlyList<AreaId>> HouseholdAreas(long after, long until, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with changed as materialized (
                select area, stream, sequence, kind from journal
                where position > $1 and position <= $2 and (stream like 'household/%' or stream like 'worker-day/%'))
            select area from changed
            union
            select p.area from changed c join journal p on p.stream = c.stream and p.sequence = c.sequence - 1
            where c.kind like 'household.moved/%'
            """
        );
        command.Bind(Parameters.Of(after), Parameters.Of(until));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var areas = new List<AreaId>();
        while (await reader.ReadAsync(cancellationToken))
            areas.Add(new(reader.GetString(0)));
        return areas;
    }

    /// <summary>
    /// The areas whose to-dos changed between two positions: a step's own, and all of a task that was sent, changed or ran out.
    /// </summary>
    public async Task<IReadOnlyList<AreaId>> TaskAreas(long after, long until, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with changed as materialized (
                select area, stream, kind from journal where position > $1 and position <= $2 and stream like 'field-task/%')
            select area from changed
            union
            select t.area from changed c join field_task_target t on t.task = substr(c.stream, 12)::uuid
            where c.kind similar to 'field-task.(sent|changed|recalled|fell-due)/%'
            """
        );
        command.Bind(Parameters.Of(after), Parameters.Of(until));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var areas = new List<AreaId>();
        while (await reader.ReadAsync(cancellationToken))
            areas.Add(new(reader.GetString(0)));
        return areas;
    }

    /// <summary>The confidential cases of a pack that were reported within a time.</summary>
    public async Task<IReadOnlyList<DurableCase>> Confidential(
        string pack,
        DateTimeOffset from,
        DateTimeOffset before,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            select c.area, c.confidential, c.reported_at, c.id, c.version from case_file c join area a on a.key = c.area
            where a.pack = $1 and c.confidential and c.reported_at >= $2 and c.reported_at < $3
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(from), Parameters.Of(before));
        return await Read(command, cancellationToken);
    }

    /// <summary>
    /// A pack's cases and households whose row in the read table is not the last of their events. If there is one, something is broken.
    /// </summary>
    public async Task<IReadOnlyList<string>> Divergent(string pack, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with last as (select stream, max(sequence) as version, count(*) as events from journal
                     where stream like 'case/%' and starts_with(area, $1) group by stream),
                 c as (select id, version from case_file where starts_with(area, $1))
            select coalesce(stream, 'case/' || replace(c.id::text, '-', '')) from last full join c on c.id = substr(stream, 6)::uuid
            where last.version is distinct from c.version or last.events is distinct from last.version
            union all
            (with last as (select stream, max(sequence) as version, count(*) as events from journal
                     where stream like 'household/%' and starts_with(area, $1) group by stream),
                 h as (select id, version from household where starts_with(area, $1))
            select coalesce(stream, 'household/' || replace(h.id::text, '-', ''))
            from last full join h on h.id = substr(stream, 11)::uuid
            where last.version is distinct from h.version or last.events is distinct from last.version)
            limit 100
            """
        );
        command.Bind(Parameters.Of(pack + "/"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var streams = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            streams.Add(reader.GetString(0));
        return streams;
    }

    static async Task<IReadOnlyList<DurableCase>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var cases = new List<DurableCase>();
        while (await reader.ReadAsync(cancellationToken))
            cases.Add(
                new(
                    new(reader.GetString(0)),
                    reader.GetBoolean(1),
                    reader.GetFieldValue<DateTimeOffset>(2),
                    new(reader.GetGuid(3), reader.GetInt32(4))
                )
            );
        return cases;
    }
}
