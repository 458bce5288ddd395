using GridActors.Contracts.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>Writes <c>supervision</c> with the events that issue and answer notices.</summary>
public sealed class SupervisionTable : IReadTable
{
    const string Upsert = """
        insert into supervision (case_id, number, issued_at, issued_by, reason, clock, due_at, answered_at, answered_by, answer)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (case_id, number) do update set answered_at = excluded.answered_at, answered_by = excluded.answered_by,
            answer = excluded.answer
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<(Guid Case, CaseSupervision Notice)>? rows = null;
        foreach (var entry in entries)
            if (
                entry is CaseEntry { Case: { Supervisions: { IsEmpty: false } notices } now, Before: var before }
                && before?.Supervisions != notices
            )
                foreach (var notice in notices)
                    if (before?.Supervisions.Contains(notice) != true)
                        (rows ??= []).Add((now.Id, notice));
        if (rows is null)
            return;
        batch.BatchCommands.Add(
            new(Upsert)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Case),
                    Parameters.Texts(rows, r => r.Notice.Number),
                    Parameters.Times(rows, r => r.Notice.At),
                    Parameters.Texts(rows, r => r.Notice.By.Key),
                    Parameters.Texts(rows, r => r.Notice.Reason),
                    Parameters.NullableSmallints(rows, r => (short?)r.Notice.Breached),
                    Parameters.NullableTimes(rows, r => r.Notice.DueAt),
                    Parameters.NullableTimes(rows, r => r.Notice.AnsweredAt),
                    Parameters.Texts(rows, r => r.Notice.AnsweredBy?.Key),
                    Parameters.Texts(rows, r => r.Notice.Answer),
                },
            }
        );
    }
}
