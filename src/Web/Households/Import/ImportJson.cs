using GridActors.Domain.Households.Import;
using GridActors.Domain.Identifiers;
using GridActors.Storage.Households.Import;
using GridActors.Web.Sessions;

namespace GridActors.Web.Households.Import;

public sealed record ImportCountsJson(int New, int Changed, int Unchanged, int Doubtful, int Wrong);

/// <param name="State">
/// <c>waiting</c>, <c>checking</c>, <c>checked</c>, <c>applying</c>, <c>applied</c>, <c>undoing</c>, <c>undone</c>, <c>refused</c> or
/// <c>failed</c>.
/// </param>
/// <param name="Done">How many households the step that runs is through with, of <paramref name="Total"/>.</param>
/// <param name="Refusal">Why the file is refused as a whole: a code, and a sentence in <paramref name="RefusalText"/>.</param>
/// <param name="Counts">How many rows are new, changed and so on; all 0 until the import is checked.</param>
/// <param name="UndoUntil">Until when it can be undone; null when it can't.</param>
/// <param name="ExpiresAt">When the service forgets the file and its rows.</param>
public sealed record HouseholdImportJson(
    string Id,
    string State,
    string Area,
    string AreaName,
    DateTimeOffset AskedAt,
    int Done,
    int? Total,
    string? Refusal,
    string? RefusalText,
    ImportCountsJson Counts,
    DateTimeOffset? AppliedAt,
    DateTimeOffset? UndoUntil,
    DateTimeOffset ExpiresAt
)
{
    public static HouseholdImportJson Of(ImportJob job, Caller caller, bool english) =>
        new(
            job.Id.ToString("N"),
            NameOf(job.State),
            job.Area,
            HouseholdNames.AreaName(caller.Pack, job.Area),
            job.AskedAt,
            job.Done,
            job.Total,
            job.Refusal,
            job.Refusal is { } refusal ? ImportFile.Text(refusal, english) : null,
            new(job.Counts[0], job.Counts[1], job.Counts[2], job.Counts[3], job.Counts[4]),
            job.AppliedAt,
            job.State == ImportState.Applied ? job.AppliedAt + ImportRunner.UndoWithin : null,
            (job.AppliedAt ?? job.AskedAt) + ImportRunner.Retention
        );

    internal static string NameOf(ImportState state) => state.ToString().ToLowerInvariant();
}

/// <param name="Column">What the sheet calls the column; empty when the reason is about the row.</param>
/// <param name="Text">The whole sentence.</param>
public sealed record ImportReasonJson(string Column, string Code, string Text);

/// <param name="Sheet">The number of the sheet in its file, from 1.</param>
/// <param name="Line">As the spreadsheet program shows it.</param>
/// <param name="State"><c>new</c>, <c>changed</c>, <c>unchanged</c>, <c>doubtful</c> or <c>wrong</c>.</param>
/// <param name="Name">The resident's name, masked.</param>
/// <param name="Household">The household's number in the file.</param>
/// <param name="Changed">The ids of the fields that would change, with <c>household.</c> before those of the household.</param>
/// <param name="Reasons">Why nothing is done with the row.</param>
public sealed record ImportRowJson(
    int Number,
    int Sheet,
    int Line,
    string State,
    string Name,
    string Household,
    IReadOnlyList<string> Changed,
    IReadOnlyList<ImportReasonJson> Reasons
)
{
    public static ImportRowJson Of(StoredRow row, bool english) =>
        new(
            row.Number,
            row.Sheet + 1,
            row.Line,
            NameOf(row.State),
            Masks.Name(row.Name),
            row.Household,
            row.Changed,
            [.. row.Reasons.Select(r => new ImportReasonJson(r.Column, r.Code, ImportErrors.Sentence(r, english)))]
        );

    public static string NameOf(RowState state) => state.ToString().ToLowerInvariant();

    public static RowState? StateOf(string name)
    {
        foreach (var state in Enum.GetValues<RowState>())
            if (NameOf(state) == name)
                return state;
        return null;
    }
}
