using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using GridActors.Storage.Time;
using Npgsql;

namespace GridActors.Storage.Outbox;

/// <summary>
/// Writes <c>outbox</c> in the transaction of the events that its messages tell of: what happened is told, and what didn't isn't. A step
/// that concerns no other system and no robot costs a look at two empty lists.
/// </summary>
public sealed class OutboxTable(IPacks packs, ServiceTime clock) : IReadTable
{
    const string Insert = """
        insert into outbox (id, pack, target, case_id, kind, body, created_at, next_at)
        select id, pack, target, case_id, kind, body, created_at, now() + make_interval(secs => wait)
        from unnest($1, $2, $3, $4, $5, $6, $7, $8) as t (id, pack, target, case_id, kind, body, created_at, wait)
        on conflict (id) do nothing
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<NewMessage>? rows = null;
        foreach (var entry in entries)
        {
            if (entry is not CaseEntry { Case: var now, Before: var before } || packs.Current.PackOf(now.Area) is not { } pack)
                continue;
            if (!now.Forwards.IsEmpty && before?.Forwards != now.Forwards)
                (rows ??= []).AddRange(OutboxMessages.Of(before, now, pack));
            if (!pack.Pack.Robots.IsEmpty)
                (rows ??= []).AddRange(RobotMessages.Of(before, now, pack, ClockOutages.LateAfter * clock.Pace));
        }
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
                    Parameters.Integers(rows, r => r.WaitSeconds),
                },
            }
        );
    }
}
