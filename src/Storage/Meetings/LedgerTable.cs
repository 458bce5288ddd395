using GridActors.Contracts.Cases;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Meetings;

/// <summary>Writes <c>ledger_item</c> with the events that put cases on ledgers and take them off.</summary>
public sealed class LedgerTable : IReadTable
{
    const string Delete = "delete from ledger_item where case_id = any($1)";
    const string Insert = "insert into ledger_item (area, case_id, put_at, put_by, reason) select * from unnest($1, $2, $3, $4, $5)";

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<CaseView>? changed = null;
        foreach (var entry in entries)
            if (
                entry is CaseEntry { Case: var now, Before: var before }
                && (before is null ? !now.Ledger.IsEmpty : before.Ledger != now.Ledger)
            )
                (changed ??= []).Add(now);
        if (changed is null)
            return;
        batch.BatchCommands.Add(new(Delete) { Parameters = { Parameters.Uuids(changed, c => c.Id) } });
        var rows = changed.SelectMany(c => c.Ledger.Select(item => (Case: c.Id, Item: item))).ToList();
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(
            new(Insert)
            {
                Parameters =
                {
                    Parameters.Texts(rows, r => r.Item.Area.Key),
                    Parameters.Uuids(rows, r => r.Case),
                    Parameters.Times(rows, r => r.Item.At),
                    Parameters.Texts(rows, r => r.Item.By.Key),
                    Parameters.Texts(rows, r => r.Item.Reason),
                },
            }
        );
    }
}
