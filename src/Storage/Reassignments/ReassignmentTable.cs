using System.Text.Json;
using GridActors.Contracts.Reassignments;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Reassignments;

/// <summary>From where to where, and how many, as <c>reassignment.parts</c> keeps it.</summary>
public sealed record ReassignmentCount(string From, string To, int Households);

/// <summary>Writes <c>reassignment</c> with the events of reassignments.</summary>
public sealed class ReassignmentTable : IReadTable
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    const string Upsert = """
        insert into reassignment (id, pack, area, by, at, status, total, done, parts, left_out, applied_at, undone_at, undone_by)
        select id, pack, area, by, at, status, total, done, parts, left_out::uuid[], applied_at, undone_at, undone_by
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            as t (id, pack, area, by, at, status, total, done, parts, left_out, applied_at, undone_at, undone_by)
        on conflict (id) do update set status = excluded.status, done = excluded.done, left_out = excluded.left_out,
            applied_at = excluded.applied_at, undone_at = excluded.undone_at, undone_by = excluded.undone_by
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<ReassignmentView>? rows = null;
        foreach (var entry in entries)
            if (entry is ReassignmentEntry e)
                (rows ??= []).Add(e.Reassignment);
        if (rows is null)
            return;
        batch.BatchCommands.Add(
            new(Upsert)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Id),
                    Parameters.Texts(rows, r => r.Area.Pack),
                    Parameters.Texts(rows, r => r.Area.Key),
                    Parameters.Texts(rows, r => r.By.Key),
                    Parameters.Times(rows, r => r.At),
                    Parameters.Smallints(rows, r => (short)r.Status),
                    Parameters.Integers(rows, r => r.Total),
                    Parameters.Integers(rows, r => r.Done),
                    Parameters.Jsons(rows, PartsOf),
                    Parameters.TextArrays(rows, r => LeftOut(r).Select(h => h.ToString("D"))),
                    Parameters.NullableTimes(rows, r => r.AppliedAt),
                    Parameters.NullableTimes(rows, r => r.UndoneAt),
                    Parameters.Texts(rows, r => r.UndoneBy?.Key),
                },
            }
        );
    }

    static string PartsOf(ReassignmentView view) =>
        JsonSerializer.Serialize(view.Parts.Select(p => new ReassignmentCount(p.From.Code, p.To.Code, p.Households.Length)), Json);

    /// <summary>Who isn't where the last step meant them to be.</summary>
    static IEnumerable<Guid> LeftOut(ReassignmentView view) =>
        view.Status is ReassignmentStatus.Undoing or ReassignmentStatus.Undone ? view.NotReturned : view.LeftOut;
}
