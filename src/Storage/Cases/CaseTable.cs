using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>Writes <c>case_file</c> and <c>inbox_item</c> with the events that change them.</summary>
public sealed class CaseTable : IReadTable
{
    const string InsertCases = """
        insert into case_file (id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome, claimant,
            claimed_at, resolved_at, closed_at, updated_at, updated_by, last_step, version, offered_to, department, rating, due_at,
            due_term, urgency, lon, lat, photo)
        select id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome, claimant,
            claimed_at, resolved_at, closed_at, updated_at, updated_by, last_step, version, offered_to::text[], department, rating,
            due_at, due_term, urgency, lon, lat, photo
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
            $24, $25, $26, $27, $28)
            as t (id, number, area, category, title, detail, confidential, reporter, reported_at, status, outcome, claimant, claimed_at,
            resolved_at, closed_at, updated_at, updated_by, last_step, version, offered_to, department, rating, due_at, due_term,
            urgency, lon, lat, photo)
        """;

    // Only the columns that almost every step changes, none of them indexed, so that PostgreSQL can do heap-only updates.
    const string UpdateCases = """
        update case_file c set status = t.status, outcome = t.outcome, claimant = t.claimant, claimed_at = t.claimed_at,
            resolved_at = t.resolved_at, closed_at = t.closed_at, updated_at = t.updated_at, updated_by = t.updated_by,
            last_step = t.last_step, version = t.version, due_at = t.due_at, due_term = t.due_term,
            urgency = t.urgency
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            as t (id, status, outcome, claimant, claimed_at, resolved_at, closed_at, updated_at, updated_by, last_step, version,
            due_at, due_term, urgency)
        where c.id = t.id
        """;

    const string UpdateRouting = """
        update case_file c set offered_to = t.offered_to::text[], department = t.department, rating = t.rating,
            approvers = t.approvers::text[], level = t.level, consulted = t.consulted::text[], tasked = t.tasked::text[],
            photo = t.photo
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            as t (id, offered_to, department, rating, approvers, level, consulted, tasked, photo)
        where c.id = t.id
        """;

    const string InsertInboxItems = "insert into inbox_item (person, case_id) select * from unnest($1, $2) on conflict do nothing";
    const string DeleteInboxItems = """
        delete from inbox_item i using unnest($1, $2) as t (person, case_id) where i.person = t.person and i.case_id = t.case_id
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        var reported = new List<CaseView>();
        var stepped = new List<CaseView>();
        var rerouted = new List<CaseView>();
        var added = new List<(string Person, Guid Case)>();
        var removed = new List<(string Person, Guid Case)>();
        foreach (var entry in entries)
        {
            if (entry is not CaseEntry { Case: var now, Before: var before })
                continue;
            (before is null ? reported : stepped).Add(now);
            if (before is not null && IsRerouted(before, now))
                rerouted.Add(now);
            CompareInboxes(before, now, added, removed);
        }
        if (reported.Count > 0)
            batch.BatchCommands.Add(InsertOf(reported));
        if (stepped.Count > 0)
            batch.BatchCommands.Add(UpdateOf(stepped));
        if (rerouted.Count > 0)
            batch.BatchCommands.Add(RoutingOf(rerouted));
        if (removed.Count > 0)
            batch.BatchCommands.Add(InboxItems(DeleteInboxItems, removed));
        if (added.Count > 0)
            batch.BatchCommands.Add(InboxItems(InsertInboxItems, added));
    }

    static bool IsRerouted(CaseView before, CaseView now) =>
        before.Department != now.Department
        || before.Rating != now.Rating
        || before.OfferedTo != now.OfferedTo
        || before.Request != now.Request
        || before.Level != now.Level
        || before.Consultations != now.Consultations
        || before.Tasks != now.Tasks
        || before.Photo != now.Photo
        || (now.Confidential && before.Claimant != now.Claimant && (!now.Consultations.IsEmpty || !now.Tasks.IsEmpty));

    static void CompareInboxes(CaseView? before, CaseView now, List<(string, Guid)> added, List<(string, Guid)> removed)
    {
        if (before is not null && ConcernsTheSame(before, now))
            return;
        var had = before?.Concerned().ToHashSet() ?? [];
        var has = now.Concerned().ToHashSet();
        added.AddRange(has.Except(had).Select(p => (p.Key, now.Id)));
        removed.AddRange(had.Except(has).Select(p => (p.Key, now.Id)));
    }

    /// <summary>
    /// True for most steps, and quick to find out. When a recipient claims a case, for example, no inbox gains or loses it.
    /// </summary>
    static bool ConcernsTheSame(CaseView before, CaseView now) =>
        before.IsOpen
        && now.IsOpen
        && before.Status != CaseStatus.Merged
        && now.Status != CaseStatus.Merged
        && before.OfferedTo == now.OfferedTo
        && before.Request == now.Request
        && before.Consultations == now.Consultations
        && before.Tasks == now.Tasks
        && IsIn(now.Claimant, before)
        && IsIn(before.Claimant, now);

    static bool IsIn(PersonId? person, CaseView view) => person is not { } id || id == view.Claimant || view.OfferedTo.Contains(id);

    static NpgsqlBatchCommand InsertOf(List<CaseView> rows) =>
        new(InsertCases)
        {
            Parameters =
            {
                Parameters.Uuids(rows, c => c.Id),
                Parameters.Texts(rows, c => c.Number),
                Parameters.Texts(rows, c => c.Area.Key),
                Parameters.Texts(rows, c => c.Category),
                Parameters.Texts(rows, c => c.Title),
                Parameters.Texts(rows, c => c.Detail),
                Parameters.Booleans(rows, c => c.Confidential),
                Parameters.Texts(rows, c => c.Reporter.Key),
                Parameters.Times(rows, c => c.ReportedAt),
                Parameters.Smallints(rows, c => (short)c.Status),
                Parameters.Smallints(rows, c => (short)c.Outcome),
                Parameters.Texts(rows, c => c.Claimant?.Key),
                Parameters.NullableTimes(rows, c => c.ClaimedAt),
                Parameters.NullableTimes(rows, c => c.ResolvedAt),
                Parameters.NullableTimes(rows, c => c.ClosedAt),
                Parameters.Times(rows, c => c.UpdatedAt),
                Parameters.Texts(rows, c => c.UpdatedBy.Key),
                Parameters.Smallints(rows, c => (short)c.LastStep),
                Parameters.Integers(rows, c => c.Version),
                Parameters.TextArrays(rows, c => c.OfferedTo.Select(p => p.Key)),
                Parameters.Texts(rows, c => c.Department),
                Parameters.NullableSmallints(rows, c => (short?)c.Rating),
                Parameters.NullableTimes(rows, c => c.DueAt),
                Parameters.Texts(rows, c => c.DueTerm),
                Parameters.Smallints(rows, c => (short)c.Urgency),
                Parameters.NullableDoubles(rows, c => c.Position?.Lon),
                Parameters.NullableDoubles(rows, c => c.Position?.Lat),
                Parameters.Texts(rows, c => c.Photo),
            },
        };

    static NpgsqlBatchCommand UpdateOf(List<CaseView> rows) =>
        new(UpdateCases)
        {
            Parameters =
            {
                Parameters.Uuids(rows, c => c.Id),
                Parameters.Smallints(rows, c => (short)c.Status),
                Parameters.Smallints(rows, c => (short)c.Outcome),
                Parameters.Texts(rows, c => c.Claimant?.Key),
                Parameters.NullableTimes(rows, c => c.ClaimedAt),
                Parameters.NullableTimes(rows, c => c.ResolvedAt),
                Parameters.NullableTimes(rows, c => c.ClosedAt),
                Parameters.Times(rows, c => c.UpdatedAt),
                Parameters.Texts(rows, c => c.UpdatedBy.Key),
                Parameters.Smallints(rows, c => (short)c.LastStep),
                Parameters.Integers(rows, c => c.Version),
                Parameters.NullableTimes(rows, c => c.DueAt),
                Parameters.Texts(rows, c => c.DueTerm),
                Parameters.Smallints(rows, c => (short)c.Urgency),
            },
        };

    static NpgsqlBatchCommand RoutingOf(List<CaseView> rows) =>
        new(UpdateRouting)
        {
            Parameters =
            {
                Parameters.Uuids(rows, c => c.Id),
                Parameters.TextArrays(rows, c => c.OfferedTo.Select(p => p.Key)),
                Parameters.Texts(rows, c => c.Department),
                Parameters.NullableSmallints(rows, c => (short?)c.Rating),
                Parameters.NullableTextArrays(rows, c => c.Request?.Approvers.Select(p => p.Key)),
                Parameters.Texts(rows, c => c.Level),
                Parameters.NullableTextArrays(rows, c => KeysOf(c.Consulted)),
                Parameters.NullableTextArrays(rows, c => KeysOf(c.Tasked)),
                Parameters.Texts(rows, c => c.Photo),
            },
        };

    static IEnumerable<string>? KeysOf(ImmutableArray<PersonId> people) => people.IsEmpty ? null : people.Select(p => p.Key);

    static NpgsqlBatchCommand InboxItems(string statement, List<(string Person, Guid Case)> rows) =>
        new(statement) { Parameters = { Parameters.Texts(rows, r => r.Person), Parameters.Uuids(rows, r => r.Case) } };
}
