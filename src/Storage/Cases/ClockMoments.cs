using GridActors.Contracts.Cases;
using GridActors.Storage.Appointments;
using GridActors.Storage.Consultations;
using GridActors.Storage.Database;
using GridActors.Storage.FieldTasks;
using GridActors.Storage.Households;
using GridActors.Storage.Journal;
using GridActors.Storage.Meetings;
using GridActors.Storage.Places;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <param name="Case">The case to call; for those of consultations, meetings, households, places and appointments, these.</param>
/// <param name="At">When it wants to be called.</param>
/// <param name="IsFirst">Nobody has tried to call it before.</param>
public sealed record DueMoment(long Id, Guid Case, ClockName Clock, DateTimeOffset At, bool IsFirst = true);

/// <summary>The moments at which cases want to be called: <c>clock_moment</c>.</summary>
public sealed class ClockMoments(NpgsqlDataSource source) : IReadTable
{
    const string InsertMoments = """
        insert into clock_moment (case_id, clock, moment, call_at) select case_id, clock, moment, moment
        from unnest($1, $2, $3) as t (case_id, clock, moment)
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<(Guid Case, ClockName Clock, DateTimeOffset At)>? rows = null;
        foreach (var entry in entries)
            if (entry is CaseEntry { Moments: { IsEmpty: false } moments } e)
                foreach (var moment in moments)
                    (rows ??= []).Add((e.Case.Id, moment.Clock, moment.At));
            else if (entry is ConsultationEntry step)
                (rows ??= []).Add((step.Id, ClockName.Consultation, step.At));
            else if (entry is MeetingEntry { Meeting.Decisions.IsEmpty: false } held)
                (rows ??= []).Add((held.Meeting.Id, ClockName.Meeting, held.At));
            else if (entry is HouseholdEntry { CallAt: { } callAt } household)
                (rows ??= []).Add((household.Household.Id, ClockName.Household, callAt));
            else if (entry is PlaceEntry { CallAt: { } callPlaceAt } place)
                (rows ??= []).Add((place.Place.Id, ClockName.Place, callPlaceAt));
            else if (entry is AppointmentEntry { CallAt: { } remindAt } appointment)
                (rows ??= []).Add((appointment.Appointment.Id, ClockName.Appointment, remindAt));
            else if (entry is FieldTaskEntry { CallAt: { } callTaskAt } task)
                (rows ??= []).Add((task.Task.Id, ClockName.FieldTask, callTaskAt));
            else if (entry is TaskScheduleEntry { CallAt: { } runAt } schedule)
                (rows ??= []).Add((schedule.Schedule.Id, ClockName.FieldTaskSchedule, runAt));
        if (rows is null)
            return;
        batch.BatchCommands.Add(
            new(InsertMoments)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Case),
                    Parameters.Smallints(rows, r => (short)r.Clock),
                    Parameters.Times(rows, r => r.At),
                },
            }
        );
    }

    /// <summary>
    /// Takes moments that have come, the earliest first, so that no other process takes them while this one calls the cases. What isn't
    /// finished by then is taken again, by any process.
    /// </summary>
    /// <param name="hold">In the service's time.</param>
    /// <param name="ahead">
    /// How far the service's time is ahead of the database's, which says what is due, so that all silos agree. Zero unless time was set for
    /// a demonstration.
    /// </param>
    public async Task<IReadOnlyList<DueMoment>> Take(int limit, TimeSpan hold, TimeSpan ahead, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update clock_moment m set call_at = now() + $3 + $2
            from (select id, call_at from clock_moment where call_at <= now() + $3 order by call_at limit $1 for update skip locked) as due
            where m.id = due.id returning m.id, m.case_id, m.clock, m.moment, due.call_at = m.moment
            """
        );
        command.Bind(Parameters.Of(limit), Parameters.Of(hold), Parameters.Of(ahead));
        var due = new List<DueMoment>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            due.Add(
                new(
                    reader.GetInt64(0),
                    reader.GetGuid(1),
                    (ClockName)reader.GetInt16(2),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    reader.GetBoolean(4)
                )
            );
        due.Sort((a, b) => a.At.CompareTo(b.At));
        return due;
    }

    /// <summary>Deletes moments whose case was called, and inserts those that follow them.</summary>
    public async Task Finish(IReadOnlyList<DueMoment> done, IReadOnlyList<DueMoment> next, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new("delete from clock_moment where id = any($1)") { Parameters = { Parameters.Bigints(done, m => m.Id) } }
        );
        if (next.Count > 0)
            batch.BatchCommands.Add(
                new(InsertMoments)
                {
                    Parameters =
                    {
                        Parameters.Uuids(next, m => m.Case),
                        Parameters.Smallints(next, m => (short)m.Clock),
                        Parameters.Times(next, m => m.At),
                    },
                }
            );
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
