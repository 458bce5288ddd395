using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Households;

/// <summary>Writes <c>household_case</c> with the reports of cases about households.</summary>
public sealed class HouseholdCaseTable : IReadTable
{
    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<(Guid Case, Guid Household)>? rows = null;
        foreach (var entry in entries)
            if (entry is CaseEntry { Before: null, Case: { Household: { } household } reported })
                (rows ??= []).Add((reported.Id, household));
        if (rows is null)
            return;
        batch.BatchCommands.Add(
            new("insert into household_case (case_id, household) select * from unnest($1, $2)")
            {
                Parameters = { Parameters.Uuids(rows, r => r.Case), Parameters.Uuids(rows, r => r.Household) },
            }
        );
    }
}
