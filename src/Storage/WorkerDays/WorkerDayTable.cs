using GridActors.Contracts.People;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>The event that is appended to a worker's day.</summary>
public sealed class WorkerDayEntry : JournalEntry
{
    public required PersonId Person { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>With its words sealed.</summary>
    public required WorkerDayEvent Event { get; init; }

    public static string StreamOf(string key) => string.Concat("worker-day/", key);
}

/// <summary>What the events of workers' days change in the rows of their records.</summary>
public sealed class WorkerDayTable : IReadTable
{
    /// <summary>
    /// Records that are being written hold the row of their day. The statement after this one sees them; one that waits for the row itself
    /// would count what was there before.
    /// </summary>
    public const string Lock = """
        select from worker_day d where (d.person, d.day) in (select person, day from unnest($1, $2) as t (person, day))
        order by d.person, d.day for update
        """;

    /// <summary>
    /// Records that came while the day was being closed are counted here: then it has to say so at once. A day whose first records came
    /// after its end is closed and corrected at once.
    /// </summary>
    const string Settle = """
        update worker_day d set closed_at = coalesce(d.closed_at, t.at), call_at = t.at, unsettled = t.records <> r.records,
            late = r.late, corrected_at = case when r.late > d.late then t.at else d.corrected_at end
        from unnest($1, $2, $3, $4) as t (person, day, records, at) cross join lateral (
            select count(*) as records, count(*) filter (where late) as late from field_record where person = t.person and day = t.day) r
        where d.person = t.person and d.day = t.day
        """;

    const string HandOver = """
        update worker_day d set handed_over_at = t.at, handed_over_to = t.next
        from unnest($1, $2, $3, $4) as t (person, day, at, next) where d.person = t.person and d.day = t.day
        """;

    const string Clear = """
        update field_flag f set cleared_at = t.at, cleared_by = t.by, reason = t.reason
        from unnest($1, $2, $3, $4, $5, $6) as t (person, record, flag, at, by, reason)
        where f.person = t.person and f.record = t.record and f.flag = t.flag
        """;

    const string Grade = """
        update field_record r set grade = t.grade, reasons = t.reasons::smallint[]
        from unnest($1, $2, $3, $4) as t (person, record, grade, reasons) where r.person = t.person and r.id = t.record
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<(WorkerDayEntry Entry, int Records)>? settled = null;
        List<(WorkerDayEntry Entry, HandedOver Event)>? handedOver = null;
        List<(WorkerDayEntry Entry, FlagCleared Event)>? cleared = null;
        foreach (var entry in entries)
            if (entry is WorkerDayEntry day)
                switch (day.Event)
                {
                    case DayClosed e:
                        (settled ??= []).Add((day, e.Records));
                        break;
                    case DayCorrected e:
                        (settled ??= []).Add((day, e.Records));
                        break;
                    case FlagCleared e:
                        (cleared ??= []).Add((day, e));
                        break;
                    case HandedOver e:
                        (handedOver ??= []).Add((day, e));
                        break;
                }
        if (settled is not null)
            WriteSettled(batch, settled);
        if (cleared is not null)
            WriteCleared(batch, cleared);
        if (handedOver is not null)
            WriteHandedOver(batch, handedOver);
    }

    static void WriteSettled(NpgsqlBatch batch, List<(WorkerDayEntry Entry, int Records)> settled)
    {
        batch.BatchCommands.Add(
            new(Lock) { Parameters = { Parameters.Texts(settled, s => s.Entry.Person.Key), Parameters.Dates(settled, s => s.Entry.Day) } }
        );
        batch.BatchCommands.Add(
            new(Settle)
            {
                Parameters =
                {
                    Parameters.Texts(settled, s => s.Entry.Person.Key),
                    Parameters.Dates(settled, s => s.Entry.Day),
                    Parameters.Integers(settled, s => s.Records),
                    Parameters.Times(settled, s => s.Entry.At),
                },
            }
        );
    }

    /// <summary>The last one of a day counts; a batch can have several, and PostgreSQL would take any of them.</summary>
    static void WriteHandedOver(NpgsqlBatch batch, List<(WorkerDayEntry Entry, HandedOver Event)> handedOver)
    {
        var last = handedOver.GroupBy(h => (h.Entry.Person, h.Entry.Day)).Select(g => g.Last()).ToList();
        batch.BatchCommands.Add(
            new(HandOver)
            {
                Parameters =
                {
                    Parameters.Texts(last, h => h.Entry.Person.Key),
                    Parameters.Dates(last, h => h.Entry.Day),
                    Parameters.Times(last, h => h.Entry.At),
                    Parameters.Texts(last, h => h.Event.To?.Key),
                },
            }
        );
    }

    static void WriteCleared(NpgsqlBatch batch, List<(WorkerDayEntry Entry, FlagCleared Event)> cleared)
    {
        batch.BatchCommands.Add(
            new(Clear)
            {
                Parameters =
                {
                    Parameters.Texts(cleared, c => c.Entry.Person.Key),
                    Parameters.Uuids(cleared, c => c.Event.Record),
                    Parameters.Smallints(cleared, c => (short)c.Event.Flag),
                    Parameters.Times(cleared, c => c.Entry.At),
                    Parameters.Texts(cleared, c => c.Entry.By),
                    Parameters.Texts(cleared, c => c.Event.Reason),
                },
            }
        );
        batch.BatchCommands.Add(
            new(Grade)
            {
                Parameters =
                {
                    Parameters.Texts(cleared, c => c.Entry.Person.Key),
                    Parameters.Uuids(cleared, c => c.Event.Record),
                    Parameters.Smallints(cleared, c => (short)c.Event.Grade),
                    Parameters.IntegerArrays(cleared, c => c.Event.Reasons.Select(r => (int)r)),
                },
            }
        );
    }
}
