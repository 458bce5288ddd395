using GridActors.Contracts.Meetings;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Meetings;

/// <summary>Writes <c>meeting</c> with the events of meetings.</summary>
public sealed class MeetingTable : IReadTable
{
    const string Upsert = """
        insert into meeting (id, area, number, scheduled_at, opened_at, opened_by, items, decided, closed_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (id) do update set decided = excluded.decided, closed_at = excluded.closed_at
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<MeetingView>? rows = null;
        foreach (var entry in entries)
            if (entry is MeetingEntry e)
                (rows ??= []).Add(e.Meeting);
        if (rows is null)
            return;
        batch.BatchCommands.Add(
            new(Upsert)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, m => m.Id),
                    Parameters.Texts(rows, m => m.Area.Key),
                    Parameters.Texts(rows, m => m.Number),
                    Parameters.Times(rows, m => m.ScheduledAt),
                    Parameters.Times(rows, m => m.OpenedAt),
                    Parameters.Texts(rows, m => m.OpenedBy.Key),
                    Parameters.Integers(rows, m => m.Agenda.Length),
                    Parameters.Integers(rows, m => m.Decisions.Length),
                    Parameters.NullableTimes(rows, m => m.ClosedAt),
                },
            }
        );
    }
}
