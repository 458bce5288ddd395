using GridActors.Contracts.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>Writes <c>case_file</c> and <c>inbox_item</c> with the events that change them.</summary>
public sealed class CaseTable : IReadTable
{
    const string Insert = """
        insert into case_file (id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome, claimant, claimed_at,
            resolved_at, closed_at, updated_at, updated_by, last_step, version, offered_to, department, rating)
        select id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome, claimant, claimed_at,
            resolved_at, closed_at, updated_at, updated_by, last_step, version, offered_to::text[], department, rating
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
            as t (id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome, claimant, claimed_at,
            resolved_at, closed_at, updated_at, updated_by, last_step, version, offered_to, department, rating)
        """;

    // What almost every step changes, and nothing else: narrow rows, heap-only updates.
    const string Step = """
        update case_file c set status = t.status, outcome = t.outcome, claimant = t.claimant, claimed_at = t.claimed_at, resolved_at = t.resolved_at,
            closed_at = t.closed_at, updated_at = t.updated_at, updated_by = t.updated_by, last_step = t.last_step, version = t.version
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            as t (id, status, outcome, claimant, claimed_at, resolved_at, closed_at, updated_at, updated_by, last_step, version)
        where c.id = t.id
        """;

    const string Turn = """
        update case_file c set offered_to = t.offered_to::text[], department = t.department, rating = t.rating
        from unnest($1, $2, $3, $4) as t (id, offered_to, department, rating) where c.id = t.id
        """;

    const string Join = "insert into inbox_item (person, case_id) select * from unnest($1, $2) on conflict do nothing";
    const string Leave = "delete from inbox_item i using unnest($1, $2) as t (person, case_id) where i.person = t.person and i.case_id = t.case_id";

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        var reported = new List<CaseView>();
        var stepped = new List<CaseView>();
        var turned = new List<CaseView>();
        var joined = new List<(string Person, Guid Case)>();
        var left = new List<(string Person, Guid Case)>();
        foreach (var entry in entries)
        {
            if (entry is not CaseEntry { Case: var now, Before: var before }) continue;
            if (before is null) reported.Add(now);
            else stepped.Add(now);
            if (before is not null && (before.Department != now.Department || before.Rating != now.Rating || before.OfferedTo != now.OfferedTo)) turned.Add(now);
            Moves(before, now, joined, left);
        }
        if (reported.Count > 0) batch.BatchCommands.Add(Reported(reported));
        if (stepped.Count > 0) batch.BatchCommands.Add(Stepped(stepped));
        if (turned.Count > 0) batch.BatchCommands.Add(Turned(turned));
        if (left.Count > 0) batch.BatchCommands.Add(Moved(Leave, left));
        if (joined.Count > 0) batch.BatchCommands.Add(Moved(Join, joined));
    }

    static void Moves(CaseView? before, CaseView now, List<(string, Guid)> joined, List<(string, Guid)> left)
    {
        // The step that is nearly all the traffic moves nobody: same people, still open.
        if (before is not null && before.IsOpen && now.IsOpen && before.OfferedTo == now.OfferedTo
            && (now.Claimant is not { } claimant || claimant == before.Claimant || now.OfferedTo.Contains(claimant))
            && (before.Claimant is not { } former || former == now.Claimant || now.OfferedTo.Contains(former))) return;
        var had = before?.Concerned().ToHashSet() ?? [];
        var has = now.Concerned().ToHashSet();
        joined.AddRange(has.Except(had).Select(p => (p.Key, now.Id)));
        left.AddRange(had.Except(has).Select(p => (p.Key, now.Id)));
    }

    static NpgsqlBatchCommand Reported(List<CaseView> rows) => new(Insert)
    {
        Parameters =
        {
            Parameters.Uuids(rows, c => c.Id), Parameters.Texts(rows, c => c.Number), Parameters.Texts(rows, c => c.Area.Key),
            Parameters.Texts(rows, c => c.Category), Parameters.Texts(rows, c => c.Title), Parameters.Texts(rows, c => c.Detail),
            Parameters.Booleans(rows, c => c.Confidential), Parameters.Texts(rows, c => c.Reporter.Key), Parameters.Times(rows, c => c.ReportedAt),
            Parameters.Smallints(rows, c => (short)c.Status), Parameters.Smallints(rows, c => (short)c.Outcome), Parameters.Texts(rows, c => c.Claimant?.Key),
            Parameters.NullableTimes(rows, c => c.ClaimedAt), Parameters.NullableTimes(rows, c => c.ResolvedAt), Parameters.NullableTimes(rows, c => c.ClosedAt),
            Parameters.Times(rows, c => c.UpdatedAt), Parameters.Texts(rows, c => c.UpdatedBy.Key), Parameters.Smallints(rows, c => (short)c.LastStep),
            Parameters.Integers(rows, c => c.Version), Parameters.TextArrays(rows, c => c.OfferedTo.Select(p => p.Key)),
            Parameters.Texts(rows, c => c.Department), Parameters.NullableSmallints(rows, c => (short?)c.Rating),
        },
    };

    static NpgsqlBatchCommand Stepped(List<CaseView> rows) => new(Step)
    {
        Parameters =
        {
            Parameters.Uuids(rows, c => c.Id), Parameters.Smallints(rows, c => (short)c.Status), Parameters.Smallints(rows, c => (short)c.Outcome),
            Parameters.Texts(rows, c => c.Claimant?.Key), Parameters.NullableTimes(rows, c => c.ClaimedAt), Parameters.NullableTimes(rows, c => c.ResolvedAt),
            Parameters.NullableTimes(rows, c => c.ClosedAt), Parameters.Times(rows, c => c.UpdatedAt), Parameters.Texts(rows, c => c.UpdatedBy.Key),
            Parameters.Smallints(rows, c => (short)c.LastStep), Parameters.Integers(rows, c => c.Version),
        },
    };

    static NpgsqlBatchCommand Turned(List<CaseView> rows) => new(Turn)
    {
        Parameters =
        {
            Parameters.Uuids(rows, c => c.Id), Parameters.TextArrays(rows, c => c.OfferedTo.Select(p => p.Key)),
            Parameters.Texts(rows, c => c.Department), Parameters.NullableSmallints(rows, c => (short?)c.Rating),
        },
    };

    static NpgsqlBatchCommand Moved(string statement, List<(string Person, Guid Case)> rows) => new(statement)
    {
        Parameters = { Parameters.Texts(rows, r => r.Person), Parameters.Uuids(rows, r => r.Case) },
    };
}
