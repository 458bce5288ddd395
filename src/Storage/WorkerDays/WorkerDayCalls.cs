using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>A household or a key place that must be told of a visit.</summary>
public sealed record VisitRelay(long Id, Guid? Household, Guid? Place, Guid Visit, PersonId Person, DateTimeOffset At);

/// <summary>
/// Who has to be called because of records: days whose time has come or to which something came late, and who was visited. What isn't
/// finished after the hold is taken again, by any process.
/// </summary>
public sealed class WorkerDayCalls(NpgsqlDataSource source)
{
    /// <param name="hold">In the service's time.</param>
    /// <param name="ahead">How far the service's time is ahead of the database's.</param>
    public async Task<IReadOnlyList<(PersonId Person, DateOnly Day)>> TakeDays(
        int limit,
        TimeSpan hold,
        TimeSpan ahead,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            update worker_day d set call_at = now() + $3 + $2
            from (select person, day from worker_day where (closed_at is null or unsettled) and call_at <= now() + $3
                order by call_at limit $1 for update skip locked) as due
            where d.person = due.person and d.day = due.day returning d.person, d.day
            """
        );
        command.Bind(Parameters.Of(limit), Parameters.Of(hold), Parameters.Of(ahead));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var days = new List<(PersonId, DateOnly)>();
        while (await reader.ReadAsync(cancellationToken))
            days.Add((new(reader.GetString(0)), reader.GetFieldValue<DateOnly>(1)));
        return days;
    }

    /// <summary>
    /// A day that was called because of something late, and found nothing new, isn't called again: what came was there already.
    /// </summary>
    /// <param name="records">How many the day's journal knows of. If there are more by now, it is called.</param>
    public async Task FinishDay(PersonId person, DateOnly day, int records, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new(WorkerDayTable.Lock) { Parameters = { Parameters.Texts([person], p => p.Key), Parameters.Dates([day], d => d) } }
        );
        batch.BatchCommands.Add(
            new(
                """
                update worker_day d
                set unsettled = $3 <> (select count(*) from field_record r where r.person = d.person and r.day = d.day)
                where d.person = $1 and d.day = $2 and d.unsettled
                """
            )
            {
                Parameters = { Parameters.Of(person.Key), Parameters.Of(day), Parameters.Of(records) },
            }
        );
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<VisitRelay>> TakeVisits(int limit, TimeSpan hold, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update visit_relay r set call_at = now() + $2
            from (select id from visit_relay where call_at <= now() order by call_at limit $1 for update skip locked) as due
            where r.id = due.id returning r.id, r.household, r.place, r.visit, r.person, r.at
            """
        );
        command.Bind(Parameters.Of(limit), Parameters.Of(hold));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var visits = new List<VisitRelay>();
        while (await reader.ReadAsync(cancellationToken))
            visits.Add(
                new(
                    reader.GetInt64(0),
                    reader.IsDBNull(1) ? null : reader.GetGuid(1),
                    reader.IsDBNull(2) ? null : reader.GetGuid(2),
                    reader.GetGuid(3),
                    new(reader.GetString(4)),
                    reader.GetFieldValue<DateTimeOffset>(5)
                )
            );
        return visits;
    }

    public async Task FinishVisits(IReadOnlyList<VisitRelay> told, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from visit_relay where id = any($1)");
        command.Bind(Parameters.Bigints(told, r => r.Id));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
