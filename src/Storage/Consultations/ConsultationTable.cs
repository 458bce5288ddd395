using GridActors.Contracts.Cases;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Consultations;

/// <summary>Writes <c>consultation</c> with the events of cases that call consultations and record what they say.</summary>
public sealed class ConsultationTable : IReadTable
{
    const string Upsert = """
        insert into consultation (id, case_id, number, called_at, called_by, reason, due_at, parties, given, decided_at, decided_by,
            decision)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (id) do update set given = excluded.given, decided_at = excluded.decided_at, decided_by = excluded.decided_by,
            decision = excluded.decision
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<(Guid Case, CaseConsultation Called)>? rows = null;
        foreach (var entry in entries)
            if (
                entry is CaseEntry { Case: { Consultations: { IsEmpty: false } consultations } now, Before: var before }
                && before?.Consultations != consultations
            )
                foreach (var called in consultations)
                    if (before?.Consultations.Contains(called) != true)
                        (rows ??= []).Add((now.Id, called));
        if (rows is null)
            return;
        batch.BatchCommands.Add(
            new(Upsert)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Called.Id),
                    Parameters.Uuids(rows, r => r.Case),
                    Parameters.Texts(rows, r => r.Called.Number),
                    Parameters.Times(rows, r => r.Called.At),
                    Parameters.Texts(rows, r => r.Called.By.Key),
                    Parameters.Texts(rows, r => r.Called.Reason),
                    Parameters.NullableTimes(rows, r => r.Called.DueAt),
                    Parameters.Smallints(rows, r => (short)r.Called.Parties.Length),
                    Parameters.Smallints(rows, r => (short)r.Called.Given.Length),
                    Parameters.NullableTimes(rows, r => r.Called.DecidedAt),
                    Parameters.Texts(rows, r => r.Called.DecidedBy?.Key),
                    Parameters.Texts(rows, r => r.Called.Decision),
                },
            }
        );
    }
}
