using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Outbox;

/// <summary>
/// Writes <c>outbox</c> in the transaction of the events that its messages tell of: what happened is told, and what didn't isn't. A step
/// that concerns no other system costs a look at an empty list.
/// </summary>
public sealed class OutboxTable(IPacks packs) : IReadTable
{
    const string Insert = """
        insert into outbox (id, pack, target, case_id, kind, body, created_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<NewMessage>? rows = null;
        foreach (var entry in entries)
            if (
                entry is CaseEntry { Case: { Forwards.IsEmpty: false } now, Before: var before }
                && before?.Forwards != now.Forwards
                && packs.Current.PackOf(now.Area) is { } pack
            )
                (rows ??= []).AddRange(OutboxMessages.Of(before, now, pack));
        if (rows is null or [])
            return;
        batch.BatchCommands.Add(
            new(Insert)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Id),
                    Parameters.Texts(rows, r => r.Pack),
                    Parameters.Texts(rows, r => r.Target),
                    Parameters.Uuids(rows, r => r.Case),
                    Parameters.Texts(rows, r => r.Kind),
                    Parameters.Texts(rows, r => r.Body),
                    Parameters.Times(rows, r => r.At),
                },
            }
        );
    }
}
