using GridActors.Contracts.Appointments;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;

namespace GridActors.Storage.Appointments;

/// <summary>Reads appointments.</summary>
public sealed class AppointmentQueries(NpgsqlDataSource source, AppointmentSealer sealer, SubjectKeys subjects)
{
    /// <summary>More than a worker, or a page of an area, has within the days that are asked for.</summary>
    public const int MaxListed = 500;

    /// <summary>
    /// The appointments of a worker between two moments, with every service of theirs that isn't at its end; the earliest first.
    /// </summary>
    public Task<IReadOnlyList<AppointmentView>> OfWorker(
        PersonId worker,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        Read(
            """
            select id, body from appointment
            where worker = $1 and status <> 5 and (from_at >= $2 and from_at < $3 or service_open and from_at < $3)
            order by from_at, id limit $4
            """,
            [
                Parameters.Of(worker.Key),
                Parameters.Of((DateTimeOffset?)from),
                Parameters.Of((DateTimeOffset?)until),
                Parameters.Of(MaxListed),
            ],
            cancellationToken
        );

    /// <summary>The appointments in some areas between two moments, the earliest first.</summary>
    public Task<IReadOnlyList<AppointmentView>> OfAreas(
        IReadOnlyList<string> areas,
        DateTimeOffset from,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        Read(
            """
            select id, body from appointment where area = any($1) and status <> 5 and from_at >= $2 and from_at < $3
            order by from_at, id limit $4
            """,
            [
                Parameters.Texts(areas, a => a),
                Parameters.Of((DateTimeOffset?)from),
                Parameters.Of((DateTimeOffset?)until),
                Parameters.Of(MaxListed),
            ],
            cancellationToken
        );

    /// <summary>What is still to come with a household, and its services that aren't at their end; the earliest first.</summary>
    public Task<IReadOnlyList<AppointmentView>> OfHousehold(Guid household, CancellationToken cancellationToken) =>
        Read(
            """
            select id, body from appointment where households @> array[$1] and (status < 2 or service_open) and status <> 5
            order by from_at, id limit $2
            """,
            [Parameters.Of(household), Parameters.Of(MaxListed)],
            cancellationToken
        );

    /// <summary>What was to be before a time, and isn't erased.</summary>
    public async Task<IReadOnlyList<Guid>> Before(string pack, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select id from appointment where pack = $1 and status <> 5 and from_at < $2 order by from_at limit $3"
        );
        command.Bind(Parameters.Of(pack), Parameters.Of((DateTimeOffset?)before), Parameters.Of(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(reader.GetGuid(0));
        return found;
    }

    async Task<IReadOnlyList<AppointmentView>> Read(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var rows = new List<(Guid Id, byte[] Body)>();
        await using (var command = source.CreateCommand(sql))
        {
            command.Bind(parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add((reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)));
        }
        var keys = await subjects.OfRows([.. rows.Select(r => r.Id)], cancellationToken);
        return [.. rows.Select(r => sealer.Open(keys.GetValueOrDefault(r.Id), r.Body)).OfType<AppointmentView>()];
    }
}
