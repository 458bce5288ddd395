using GridActors.Contracts.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>Writes <c>mediation</c> with the events that settle a dispute, or take the settlement back.</summary>
public sealed class MediationTable : IReadTable
{
    const string Upsert = """
        insert into mediation (case_id, area, confidential, level, is_agreed, number, settled_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict (case_id) do update set level = excluded.level, is_agreed = excluded.is_agreed, number = excluded.number,
            settled_at = excluded.settled_at
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<CaseView>? settled = null;
        List<Guid>? reopened = null;
        foreach (var entry in entries)
        {
            if (entry is not CaseEntry { Case: var now, Before: var before } || now.Mediation == before?.Mediation)
                continue;
            if (now.Mediation is null)
                (reopened ??= []).Add(now.Id);
            else
                (settled ??= []).Add(now);
        }
        if (reopened is not null)
            batch.BatchCommands.Add(
                new("delete from mediation where case_id = any($1)") { Parameters = { Parameters.Uuids(reopened, id => id) } }
            );
        if (settled is not null)
            batch.BatchCommands.Add(
                new(Upsert)
                {
                    Parameters =
                    {
                        Parameters.Uuids(settled, c => c.Id),
                        Parameters.Texts(settled, c => c.Area.Key),
                        Parameters.Booleans(settled, c => c.Confidential),
                        Parameters.Texts(settled, c => c.Mediation!.Level),
                        Parameters.Booleans(settled, c => c.Mediation!.IsAgreed),
                        Parameters.Texts(settled, c => c.Mediation!.Number),
                        Parameters.Times(settled, c => c.ResolvedAt ?? c.UpdatedAt),
                    },
                }
            );
    }
}
