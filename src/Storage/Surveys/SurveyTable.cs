using GridActors.Domain.Surveys;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Surveys;

/// <summary>Writes <c>survey</c>, <c>survey_sheet</c> and <c>survey_count</c> with the events of surveys and of answer sheets.</summary>
public sealed class SurveyTable : IReadTable
{
    const string UpsertSurveys = """
        insert into survey (id, pack, area, status, created_at, view) select * from unnest($1, $2, $3, $4, $5, $6)
        on conflict (id) do update set status = excluded.status, view = excluded.view
        """;

    const string UpsertSheets = """
        insert into survey_sheet (id, survey, subject, household, area, status, edition, version, answers, at, by)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (id) do update set household = excluded.household, area = excluded.area, status = excluded.status,
            edition = excluded.edition, version = excluded.version, answers = excluded.answers, at = excluded.at, by = excluded.by
        """;

    /// <summary>The rows are locked in one order, so that two silos don't wait for each other.</summary>
    const string AddCounts = """
        insert into survey_count as c (survey, area, question, choice, count, total)
        select survey, area, question, choice, sum(count)::integer, sum(total)
        from unnest($1, $2, $3, $4, $5, $6) as t (survey, area, question, choice, count, total)
        group by survey, area, question, choice having sum(count) <> 0 or sum(total) <> 0
        order by survey, area, question, choice
        on conflict (survey, area, question, choice) do update set count = c.count + excluded.count, total = c.total + excluded.total
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<SurveyEntry>? surveys = null;
        List<SheetEntry>? sheets = null;
        foreach (var entry in entries)
            if (entry is SurveyEntry survey)
                (surveys ??= []).Add(survey);
            else if (entry is SheetEntry sheet)
                (sheets ??= []).Add(sheet);
        if (surveys is not null)
            WriteSurveys(batch, surveys);
        if (sheets is null)
            return;
        WriteSheets(batch, sheets);
        var changes = sheets.SelectMany(s => s.Changes.Select(c => (s.Sheet.Survey, Change: c))).ToList();
        if (changes.Count > 0)
            WriteCounts(batch, changes);
    }

    static void WriteSurveys(NpgsqlBatch batch, IReadOnlyList<SurveyEntry> rows) =>
        batch.BatchCommands.Add(
            new(UpsertSurveys)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Survey.Id),
                    Parameters.Texts(rows, r => r.Survey.Area.Pack),
                    Parameters.Texts(rows, r => r.Survey.Area.Key),
                    Parameters.Smallints(rows, r => (short)r.Survey.Status),
                    Parameters.Times(rows, r => r.Survey.CreatedAt),
                    Parameters.Jsons(rows, r => SurveyEventJson.Write(r.Survey)),
                },
            }
        );

    static void WriteSheets(NpgsqlBatch batch, IReadOnlyList<SheetEntry> rows) =>
        batch.BatchCommands.Add(
            new(UpsertSheets)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Sheet.Id),
                    Parameters.Uuids(rows, r => r.Sheet.Survey),
                    Parameters.Uuids(rows, r => r.Sheet.Subject),
                    Parameters.Uuids(rows, r => r.Sheet.Household),
                    Parameters.Texts(rows, r => r.Sheet.Area.Key),
                    Parameters.Smallints(rows, r => (short)r.Sheet.Status),
                    Parameters.Smallints(rows, r => (short)r.Sheet.Edition),
                    Parameters.Integers(rows, r => r.Sheet.Version),
                    Parameters.Bytes(rows, r => r.Answers),
                    Parameters.Times(rows, r => r.Sheet.At),
                    Parameters.Texts(rows, r => r.Sheet.By.Key),
                },
            }
        );

    static void WriteCounts(NpgsqlBatch batch, IReadOnlyList<(Guid Survey, CountChange Change)> rows) =>
        batch.BatchCommands.Add(
            new(AddCounts)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Survey),
                    Parameters.Texts(rows, r => r.Change.Area),
                    Parameters.Texts(rows, r => r.Change.Question),
                    Parameters.Texts(rows, r => r.Change.Choice),
                    Parameters.Integers(rows, r => r.Change.Count),
                    new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Numeric, Value = rows.Select(r => r.Change.Total).ToArray() },
                },
            }
        );
}
