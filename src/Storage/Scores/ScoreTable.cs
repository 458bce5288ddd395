using System.Text.Json;
using GridActors.Contracts.Scores;
using GridActors.Domain.Scores;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Scores;

/// <summary>Writes <c>score_month</c> and <c>score_appeal</c> with the events of closed months. Words aren't in them.</summary>
public sealed class ScoreTable : IReadTable
{
    const string UpsertMonths = """
        insert into score_month (person, month, pack, area, closed_at, corrected_at, settled, adjusted)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (person, month) do update set corrected_at = excluded.corrected_at, settled = excluded.settled,
            adjusted = excluded.adjusted
        """;

    const string UpsertAppeals = """
        insert into score_appeal (id, person, month, pack, area, item, status, instance, opened_at, due_at, decided_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (id) do update set status = excluded.status, instance = excluded.instance, due_at = excluded.due_at,
            decided_at = excluded.decided_at
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        Dictionary<(string, DateOnly), ScoreMonthView>? months = null;
        foreach (var entry in entries)
            if (entry is ScoreEntry { Month: { Settled: not null } month })
                (months ??= [])[(month.Person.Key, month.Month)] = month;
        if (months is null)
            return;
        WriteMonths(batch, [.. months.Values]);
        List<(ScoreMonthView Month, ScoreAppeal Appeal)> appeals = [.. months.Values.SelectMany(m => m.Appeals.Select(a => (m, a)))];
        if (appeals.Count > 0)
            WriteAppeals(batch, appeals);
    }

    static void WriteMonths(NpgsqlBatch batch, List<ScoreMonthView> months) =>
        batch.BatchCommands.Add(
            new(UpsertMonths)
            {
                Parameters =
                {
                    Parameters.Texts(months, m => m.Person.Key),
                    Parameters.Dates(months, m => m.Month),
                    Parameters.Texts(months, m => m.Person.Pack),
                    Parameters.Texts(months, m => m.Settled!.Area.Key),
                    Parameters.Times(months, m => m.ClosedAt!.Value),
                    Parameters.NullableTimes(months, m => m.Corrections is [.., var last] ? last.At : null),
                    Parameters.Jsons(months, m => ScoreEventJson.Write(m.Settled!)),
                    Parameters.Jsons(months, m => JsonSerializer.Serialize(m.Adjusted)),
                },
            }
        );

    static void WriteAppeals(NpgsqlBatch batch, List<(ScoreMonthView Month, ScoreAppeal Appeal)> rows) =>
        batch.BatchCommands.Add(
            new(UpsertAppeals)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Appeal.Id),
                    Parameters.Texts(rows, r => r.Month.Person.Key),
                    Parameters.Dates(rows, r => r.Month.Month),
                    Parameters.Texts(rows, r => r.Month.Person.Pack),
                    Parameters.Texts(rows, r => r.Month.Settled!.Area.Key),
                    Parameters.Texts(rows, r => r.Appeal.Item),
                    Parameters.Smallints(rows, r => (short)r.Appeal.Status),
                    Parameters.Smallints(rows, r => (short)r.Appeal.Instance),
                    Parameters.Times(rows, r => r.Appeal.At),
                    Parameters.Times(rows, r => r.Appeal.DueAt),
                    Parameters.NullableTimes(rows, r => r.Appeal.Decisions is [.., var last] ? last.At : null),
                },
            }
        );
}
