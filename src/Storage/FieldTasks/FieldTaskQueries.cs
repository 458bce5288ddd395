using GridActors.Contracts.Areas;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.People;
using GridActors.Domain.FieldTasks;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.FieldTasks;

/// <summary>Reads tasks, their to-dos, and schedules.</summary>
public sealed class FieldTaskQueries(NpgsqlDataSource source)
{
    const string TargetColumns = """
        t.task, t.area, t.person, t.status, t.late, t.read_at, t.read_by, t.reminded_at, t.at, t.by, t.taken_at, t.note, t.photos, t.count,
        t.ticked, t.reason, t.returned
        """;

    /// <summary>The tasks that were sent to an area, to one below it or to one above it, the newest first.</summary>
    public async Task<IReadOnlyList<FieldTaskView>> List(
        AreaNode area,
        TaskFilter filter,
        (DateTimeOffset At, Guid Id)? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var where = filter switch
        {
            TaskFilter.Open => "and k.status = 0 and k.open > 0",
            TaskFilter.Late => "and k.status = 0 and k.open > 0 and (k.view -> 'tally' ->> 'late')::integer > 0",
            TaskFilter.Finished => "and k.status = 0 and k.open = 0",
            TaskFilter.Recalled => "and k.status = 1",
            _ => "",
        };
        await using var command = source.CreateCommand(
            $"""
            select k.view from field_task k join area a on a.key = k.area
            where k.pack = $1 and (a.lft between $2 and $3 or (a.lft < $2 and a.rgt > $3)) {where}
                and ($4::timestamptz is null or (k.sent_at, k.id) < ($4, $5))
            order by k.sent_at desc, k.id desc limit $6
            """
        );
        command.Bind(
            Parameters.Of(area.Id.Pack),
            Parameters.Of(area.Left),
            Parameters.Of(area.Right),
            Parameters.Of(after?.At),
            Parameters.Of(after?.Id ?? Guid.Empty),
            Parameters.Of(limit)
        );
        return await Read(command, FieldTaskEventJson.ReadTask, cancellationToken);
    }

    public async Task<FieldTaskView?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select view from field_task where id = $1");
        command.Bind(Parameters.Of(id));
        return (await Read(command, FieldTaskEventJson.ReadTask, cancellationToken)) is [var found] ? found : null;
    }

    /// <summary>The to-dos of a task in some areas, in the order of the tree.</summary>
    /// <param name="areas">Their keys.</param>
    /// <param name="status">Null for all.</param>
    /// <param name="isRead">Null for all.</param>
    /// <param name="after">The last one of the page before.</param>
    public async Task<IReadOnlyList<TargetRow>> Targets(
        Guid task,
        IReadOnlyList<string> areas,
        TargetStatus? status,
        bool isLateOnly,
        bool? isRead,
        (string Area, string Person)? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select {TargetColumns} from field_task_target t
            where t.task = $1 and t.area = any($2) and ($3::integer is null or t.status = $3) and (not $4 or t.late)
                and ($5::boolean is null or (t.read_at is not null) = $5) and ($6::text is null or (t.area, t.person) > ($6, $7))
            order by t.area, t.person limit $8
            """
        );
        command.Bind(
            Parameters.Of(task),
            Parameters.Texts(areas, a => a),
            new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer, Value = status is { } s ? (int)s : DBNull.Value },
            Parameters.Of(isLateOnly),
            new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Boolean, Value = (object?)isRead ?? DBNull.Value },
            Parameters.Of(after?.Area),
            Parameters.Of(after?.Person ?? ""),
            Parameters.Of(limit)
        );
        return await ReadTargets(command, cancellationToken);
    }

    /// <summary>How a task stands in each of its areas, by the area's key.</summary>
    public async Task<IReadOnlyDictionary<string, TargetFigures>> Progress(Guid task, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select area, count(*)::integer, count(*) filter (where status = 0)::integer,
                count(*) filter (where status = 0 and late)::integer,
                count(*) filter (where status = 1)::integer, count(*) filter (where status = 1 and late)::integer,
                count(*) filter (where status = 2)::integer, count(read_at)::integer, count(*) filter (where status = 3)::integer,
                coalesce(sum(count) filter (where status = 1), 0)::bigint
            from field_task_target where task = $1 group by area
            """
        );
        command.Bind(Parameters.Of(task));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var progress = new Dictionary<string, TargetFigures>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var n = new int[9];
            for (var i = 1; i < n.Length; i++)
                n[i] = reader.GetInt32(i);
            progress[reader.GetString(0)] = new(new(n[1], n[2], n[3], n[4], n[5], n[6], n[7]), n[8], reader.GetInt64(9));
        }
        return progress;
    }

    /// <summary>
    /// The to-dos of some areas with their tasks, of the areas themselves and of the people in them: what is open, and with
    /// <paramref name="since"/> what was settled after that. What is due first comes first.
    /// </summary>
    public async Task<IReadOnlyList<(FieldTaskView Task, TargetRow Target)>> Of(
        IReadOnlyList<string> areas,
        DateTimeOffset? since,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select {TargetColumns}, k.view from field_task_target t join field_task k on k.id = t.task
            where t.area = any($1) and (t.status = 0 or (t.status in (1, 2) and t.at >= $2))
            order by t.status, (k.view ->> 'dueAt')::timestamptz nulls last, k.sent_at, t.task, t.area, t.person limit $3
            """
        );
        command.Bind(Parameters.Texts(areas, a => a), Parameters.Of(since), Parameters.Of(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<(FieldTaskView, TargetRow)>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add((FieldTaskEventJson.ReadTask(reader.GetString(17)), RowOf(reader)));
        return found;
    }

    /// <summary>The middle of the minutes from reading to completion, of tasks with a title, and of how many to-dos it is.</summary>
    public async Task<(int Minutes, int Targets)?> Taken(string pack, string title, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select percentile_cont(0.5) within group (order by extract(epoch from t.at - t.read_at) / 60), count(*)::integer
            from field_task k join field_task_target t on t.task = k.id
            where k.pack = $1 and k.title = $2 and t.status = 1 and t.at - t.read_at between interval '1 minute' and interval '4 hours'
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(title));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !reader.IsDBNull(0)
            ? ((int)Math.Round(reader.GetDouble(0)), reader.GetInt32(1))
            : null;
    }

    /// <summary>Whether one of those areas has shown a photo for a task.</summary>
    public async Task<bool> HasPhoto(Guid task, string photo, IReadOnlyList<string> areas, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select exists (select from field_task_target where task = $1 and area = any($3) and $2 = any(photos))"
        );
        command.Bind(Parameters.Of(task), Parameters.Of(photo), Parameters.Texts(areas, a => a));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The schedules of a pack, those that go on first. A place has dozens.</summary>
    public async Task<IReadOnlyList<TaskScheduleView>> Schedules(string pack, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select view from task_schedule where pack = $1 order by status, begun_at desc, id limit 500"
        );
        command.Bind(Parameters.Of(pack));
        return await Read(command, FieldTaskEventJson.ReadSchedule, cancellationToken);
    }

    public async Task<TaskScheduleView?> FindSchedule(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select view from task_schedule where id = $1");
        command.Bind(Parameters.Of(id));
        return (await Read(command, FieldTaskEventJson.ReadSchedule, cancellationToken)) is [var found] ? found : null;
    }

    static async Task<IReadOnlyList<TargetRow>> ReadTargets(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<TargetRow>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(RowOf(reader));
        return rows;
    }

    static async Task<IReadOnlyList<T>> Read<T>(NpgsqlCommand command, Func<string, T> read, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader.GetString(0)));
        return rows;
    }

    static TargetRow RowOf(NpgsqlDataReader r)
    {
        var area = new AreaId(r.GetString(1));
        return new(
            r.GetGuid(0),
            area,
            r.GetString(2) is { Length: > 0 } person ? new PersonId(area.Pack, person) : null,
            (TargetStatus)r.GetInt16(3),
            r.GetBoolean(4),
            Time(r, 5),
            Person(r, 6),
            Time(r, 7),
            Time(r, 8),
            Person(r, 9),
            Time(r, 10),
            r.GetString(11),
            r.GetFieldValue<string[]>(12),
            r.IsDBNull(13) ? null : r.GetInt32(13),
            r.GetFieldValue<string[]>(14),
            r.GetString(15),
            r.GetInt16(16)
        );
    }

    static DateTimeOffset? Time(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);

    static PersonId? Person(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : new PersonId(r.GetString(column));
}
