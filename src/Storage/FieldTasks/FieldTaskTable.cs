using GridActors.Contracts.Areas;
using GridActors.Domain.FieldTasks;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.FieldTasks;

/// <summary>
/// Writes <c>field_task</c>, <c>field_task_target</c> and <c>task_schedule</c>. However many to-dos a task has, each event is one statement
/// in the commit of its own entry.
/// </summary>
public sealed class FieldTaskTable : IReadTable
{
    const string UpsertTasks = """
        insert into field_task (id, pack, area, status, title, sent_at, schedule, open, version, view)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (id) do update set status = excluded.status, title = excluded.title, open = excluded.open,
            version = excluded.version, view = excluded.view
        """;

    const string InsertTargets = "insert into field_task_target (task, area, person) select $1, * from unnest($2, $3)";

    const string Recall = "update field_task_target set status = 3 where task = $1 and status = 0";

    const string Change = "update field_task_target set late = $2, read_at = null, read_by = null where task = $1 and status = 0";

    const string Remind = "update field_task_target set reminded_at = $2 where task = $1 and status = 0";

    const string FallDue = "update field_task_target set late = true where task = $1 and status = 0";

    const string Read = """
        update field_task_target set read_at = $4, read_by = $5 where task = $1 and area = $2 and person = $3 and read_at is null
        """;

    const string Do = """
        update field_task_target set status = case when $12 then status else 1 end, late = case when $12 then late else $11 end,
            read_at = coalesce(read_at, $4), read_by = coalesce(read_by, $5), at = $4, by = $5, taken_at = $6, note = $7,
            photos = $8, count = $9, ticked = $10, reason = ''
        where task = $1 and area = $2 and person = $3
        """;

    const string Refuse = """
        update field_task_target set status = 2, read_at = coalesce(read_at, $4), read_by = coalesce(read_by, $5), at = $4, by = $5,
            reason = $6
        where task = $1 and area = $2 and person = $3
        """;

    /// <summary>What was written and photographed stays: it is mended, not begun anew.</summary>
    const string Return = """
        update field_task_target set status = 0, late = $5, at = null, by = null, taken_at = null, reason = $4, returned = returned + 1
        where task = $1 and area = $2 and person = $3
        """;

    const string UsePhotos = "insert into photo_use (photo, case_id) select unnest($1), $2 on conflict do nothing";

    const string UpsertSchedules = """
        insert into task_schedule (id, pack, area, status, begun_at, view) select * from unnest($1, $2, $3, $4, $5, $6)
        on conflict (id) do update set status = excluded.status, view = excluded.view
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<FieldTaskEntry>? tasks = null;
        List<TaskScheduleEntry>? schedules = null;
        foreach (var entry in entries)
            if (entry is FieldTaskEntry task)
                (tasks ??= []).Add(task);
            else if (entry is TaskScheduleEntry schedule)
                (schedules ??= []).Add(schedule);
        if (tasks is not null)
        {
            WriteTasks(batch, tasks);
            foreach (var entry in tasks)
                WriteTargets(batch, entry);
        }
        if (schedules is not null)
            WriteSchedules(batch, schedules);
    }

    static void WriteTasks(NpgsqlBatch batch, IReadOnlyList<FieldTaskEntry> rows) =>
        Add(
            batch,
            UpsertTasks,
            Parameters.Uuids(rows, r => r.Task.Id),
            Parameters.Texts(rows, r => r.Task.Area.Pack),
            Parameters.Texts(rows, r => r.Task.Area.Key),
            Parameters.Smallints(rows, r => (short)r.Task.Status),
            Parameters.Texts(rows, r => r.Task.Definition.Title),
            Parameters.Times(rows, r => r.Task.SentAt),
            Parameters.NullableUuids(rows, r => r.Task.Schedule),
            Parameters.Integers(rows, r => r.Task.Tally.Open),
            Parameters.Integers(rows, r => r.Task.Version),
            Parameters.Jsons(rows, r => FieldTaskEventJson.Write(r.Task))
        );

    static void WriteTargets(NpgsqlBatch batch, FieldTaskEntry entry)
    {
        var (task, at, by) = (Parameters.Of(entry.Task.Id), Parameters.Of(entry.At), Parameters.Of(entry.By));
        if (PhotosOf(entry.Event) is { Count: > 0 } photos)
            Add(batch, UsePhotos, Parameters.Texts(photos, p => p), Parameters.Of(entry.Task.Id));
        switch (entry.Event)
        {
            case TaskSent sent:
                var pack = entry.Task.Area.Pack;
                Add(
                    batch,
                    InsertTargets,
                    task,
                    Parameters.Texts(sent.Targets, t => new AreaId(pack, t.Area).Key),
                    Parameters.Texts(sent.Targets, t => t.Person ?? "")
                );
                break;
            case TaskRecalled:
                Add(batch, Recall, task);
                break;
            case TaskChanged changed:
                Add(batch, Change, task, Parameters.Of(changed.DueAt <= entry.At));
                break;
            case TaskReminded:
                Add(batch, Remind, task, at);
                break;
            case TaskFellDue:
                Add(batch, FallDue, task);
                break;
            case TargetEvent step:
                WriteStep(batch, entry, step, [task, Parameters.Of(entry.Area), Parameters.Of(step.Target.Person ?? "")], at, by);
                break;
        }
    }

    static void WriteStep(
        NpgsqlBatch batch,
        FieldTaskEntry entry,
        TargetEvent step,
        NpgsqlParameter[] target,
        NpgsqlParameter at,
        NpgsqlParameter by
    )
    {
        switch (step)
        {
            case TargetRead:
                Add(batch, Read, [.. target, at, by]);
                break;
            case TargetDone done:
                Add(
                    batch,
                    Do,
                    [
                        .. target,
                        at,
                        by,
                        Parameters.Of(done.TakenAt),
                        Parameters.Of(done.Note),
                        Parameters.Texts(done.Photos, p => p),
                        new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer, Value = (object?)done.Count ?? DBNull.Value },
                        Parameters.Texts(done.Ticked, t => t),
                        Parameters.Of(done.IsLate),
                        Parameters.Of(done.IsBeside),
                    ]
                );
                break;
            case TargetRefused refused:
                Add(batch, Refuse, [.. target, at, by, Parameters.Of(refused.Reason)]);
                break;
            case TargetReturned returned:
                Add(batch, Return, [.. target, Parameters.Of(returned.Reason), Parameters.Of(returned.IsLate)]);
                break;
        }
    }

    static IReadOnlyList<string> PhotosOf(FieldTaskEvent e) =>
        e switch
        {
            TaskSent sent => sent.Definition.Photos,
            TaskChanged changed => changed.Definition.Photos,
            TargetDone done => done.Photos,
            _ => [],
        };

    static void WriteSchedules(NpgsqlBatch batch, IReadOnlyList<TaskScheduleEntry> rows) =>
        Add(
            batch,
            UpsertSchedules,
            Parameters.Uuids(rows, r => r.Schedule.Id),
            Parameters.Texts(rows, r => r.Schedule.Area.Pack),
            Parameters.Texts(rows, r => r.Schedule.Area.Key),
            Parameters.Smallints(rows, r => (short)r.Schedule.Status),
            Parameters.Times(rows, r => r.Schedule.BegunAt),
            Parameters.Jsons(rows, r => FieldTaskEventJson.Write(r.Schedule))
        );

    static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }
}
