using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Appointments;

/// <summary>Writes <c>appointment</c> with the events of appointments.</summary>
public sealed class AppointmentTable : IReadTable
{
    const string Upsert = """
        insert into appointment (id, pack, area, worker, status, households, service_open, from_at, body)
        select id, pack, area, worker, status, households::uuid[], service_open, from_at, body
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            as t (id, pack, area, worker, status, households, service_open, from_at, body)
        on conflict (id) do update set worker = excluded.worker, status = excluded.status, service_open = excluded.service_open,
            from_at = excluded.from_at, body = excluded.body
        """;

    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<AppointmentEntry> rows = [.. entries.OfType<AppointmentEntry>()];
        if (rows.Count == 0)
            return;
        batch.BatchCommands.Add(
            new(Upsert)
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Appointment.Id),
                    Parameters.Texts(rows, r => r.Appointment.Area.Pack),
                    Parameters.Texts(rows, r => r.Appointment.Area.Key),
                    Parameters.Texts(rows, r => r.Appointment.Worker.Key),
                    Parameters.Smallints(rows, r => (short)r.Appointment.Status),
                    Parameters.TextArrays(rows, r => r.Appointment.Households.Select(h => h.Household.ToString())),
                    Parameters.Booleans(rows, r => r.Appointment.IsServiceOpen),
                    Parameters.Times(rows, r => r.Appointment.From),
                    Parameters.Bytes(rows, r => r.Body),
                },
            }
        );
    }
}
