using GridActors.Contracts.SubjectRequests;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.SubjectRequests;

/// <summary>Writes <c>subject_request</c> with the events of residents' requests. Their words aren't in it.</summary>
public sealed class SubjectRequestTable : IReadTable
{
    const string Upsert = """
        insert into subject_request (id, pack, household, resident, kind, status, opened_at, opened_by, due_at, decided_at, decided_by,
            carried_out_at, household_version)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (id) do update set status = excluded.status, decided_at = excluded.decided_at, decided_by = excluded.decided_by,
            carried_out_at = excluded.carried_out_at, household_version = excluded.household_version
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<SubjectRequestView>? rows = null;
        foreach (var entry in entries)
            if (entry is SubjectRequestEntry e)
                (rows ??= []).Add(e.Request);
        if (rows is null)
            return;
        batch.BatchCommands.Add(
            new(Upsert)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Id),
                    Parameters.Texts(rows, r => r.Area.Pack),
                    Parameters.Uuids(rows, r => r.Household),
                    Parameters.Uuids(rows, r => r.Resident),
                    Parameters.Smallints(rows, r => (short)r.Kind),
                    Parameters.Smallints(rows, r => (short)r.Status),
                    Parameters.Times(rows, r => r.OpenedAt),
                    Parameters.Texts(rows, r => r.OpenedBy.Key),
                    Parameters.Times(rows, r => r.DueAt),
                    Parameters.NullableTimes(rows, r => r.DecidedAt),
                    Parameters.Texts(rows, r => r.DecidedBy?.Key),
                    Parameters.NullableTimes(rows, r => r.CarriedOutAt),
                    Parameters.NullableIntegers(rows, r => r.HouseholdVersion),
                },
            }
        );
    }
}
