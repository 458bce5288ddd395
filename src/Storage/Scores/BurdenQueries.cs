using GridActors.Contracts.Areas;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Scores;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Scores;

/// <summary>Counts what workers were asked to do and to note, by the area in which they did it.</summary>
public sealed class BurdenQueries(NpgsqlDataSource source)
{
    const short CheckIn = (short)FieldRecordKind.CheckIn;
    const short SignIn = (short)FieldRecordKind.SignIn;
    const short SignOut = (short)FieldRecordKind.SignOut;

    static readonly string Statement = $"""
        with part as (select * from unnest($1, $2) as t (area, part)),
        noted as (
            select p.part, r.person, r.day, r.kind from part p join field_record r on r.area = p.area
            where r.day between $3 and $4),
        reported as (
            select p.part, count(*) as reports from part p join case_file c on c.area = p.area
            where c.reported_at >= $5 and c.reported_at < $6 and exists (select from noted n where n.person = c.reporter) group by p.part),
        sent as (
            select p.part, k.view from part p join field_task_target t on t.area = p.area join field_task k on k.id = t.task
            where k.sent_at >= $5 and k.sent_at < $6 and t.status <> {(int)TargetStatus.Recalled})
        select part, sum(workers)::integer, sum(days)::integer, sum(check_ins)::integer, sum(checkpoints)::integer, sum(visits)::integer,
            sum(reports)::integer, sum(tasks)::integer, sum(notices)::integer, sum(minutes)::integer
        from (
            select part, count(distinct person) as workers, count(distinct (person, day)) as days,
                count(*) filter (where kind in ({SignIn}, {SignOut}, {CheckIn})) as check_ins,
                count(*) filter (where kind = {(short)FieldRecordKind.Checkpoint}) as checkpoints,
                count(*) filter (where kind = {(short)
            FieldRecordKind.Visit}) as visits, 0 as reports, 0 as tasks, 0 as notices, 0 as minutes
            from noted group by part
            union all select part, 0, 0, 0, 0, 0, reports, 0, 0, 0 from reported
            union all
            select part, 0, 0, 0, 0, 0, 0,
                count(*) filter (where (view #>> '{"{definition,kind}"}')::integer <> {(int)TaskKind.Notice}),
                count(*) filter (where (view #>> '{"{definition,kind}"}')::integer = {(int)TaskKind.Notice}),
                coalesce(sum((view #>> '{"{definition,minutes}"}')::integer), 0)
            from sent group by part) b
        group by part
        """;

    /// <param name="areas">The areas with the parts as which they count.</param>
    /// <param name="days">The first and the last day.</param>
    /// <param name="time">When the first day begins and the last one ends.</param>
    public async Task<IReadOnlyDictionary<int, AreaBurden>> Count(
        IReadOnlyList<(AreaId Area, int Part)> areas,
        (DateOnly First, DateOnly Last) days,
        (DateTimeOffset From, DateTimeOffset To) time,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(Statement);
        command.Bind(
            Parameters.Texts(areas, a => a.Area.Key),
            Parameters.Integers(areas, a => a.Part),
            Parameters.Of(days.First),
            Parameters.Of(days.Last),
            Parameters.Of((DateTimeOffset?)time.From),
            Parameters.Of((DateTimeOffset?)time.To)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counted = new Dictionary<int, AreaBurden>();
        while (await reader.ReadAsync(cancellationToken))
            counted[reader.GetInt32(0)] = new(
                reader.GetInt32(1),
                reader.GetInt32(2),
                reader.GetInt32(3),
                reader.GetInt32(4),
                reader.GetInt32(5),
                reader.GetInt32(6),
                reader.GetInt32(7),
                reader.GetInt32(8),
                reader.GetInt32(9)
            );
        return counted;
    }
}
