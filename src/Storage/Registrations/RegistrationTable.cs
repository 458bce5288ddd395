using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Registrations;

/// <summary>Writes <c>registration</c> with the events of applications.</summary>
public sealed class RegistrationTable : IReadTable
{
    const string Upsert = """
        insert into registration (id, pack, area, status, submitted_at, updated_at, household, secret, phone, body)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (id) do update set status = excluded.status, updated_at = excluded.updated_at, household = excluded.household,
            body = excluded.body
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<RegistrationEntry> rows = [.. entries.OfType<RegistrationEntry>()];
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(
            new(Upsert)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Registration.Id),
                    Parameters.Texts(rows, r => r.Registration.Area.Pack),
                    Parameters.Texts(rows, r => r.Registration.Area.Key),
                    Parameters.Smallints(rows, r => (short)r.Registration.Status),
                    Parameters.Times(rows, r => r.Registration.SubmittedAt),
                    Parameters.Times(rows, r => r.Registration.UpdatedAt),
                    Parameters.NullableUuids(rows, r => r.Registration.Household),
                    Parameters.Bytes(rows, r => r.Secret),
                    Parameters.Bytes(rows, r => r.Phone),
                    Parameters.Bytes(rows, r => r.Body),
                },
            }
        );
    }
}
