using GridActors.Contracts.Areas;
using GridActors.Contracts.Registrations;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;
using Npgsql;

namespace GridActors.Storage.Registrations;

/// <param name="Body">Null when it was erased.</param>
public sealed record RegistrationRow(
    Guid Id,
    AreaId Area,
    RegistrationStatus Status,
    DateTimeOffset SubmittedAt,
    DateTimeOffset UpdatedAt,
    RegistrationBody? Body
);

/// <summary>What a resident may know of their application.</summary>
public sealed record OwnRegistration(Guid Id, AreaId Area, RegistrationStatus Status, DateTimeOffset SubmittedAt, DateTimeOffset UpdatedAt);

/// <summary>Reads applications.</summary>
public sealed class RegistrationQueries(NpgsqlDataSource source, RegistrationSealer sealer, SubjectKeys subjects)
{
    /// <summary>The applications of some areas, the oldest first.</summary>
    public async Task<IReadOnlyList<RegistrationRow>> List(
        IReadOnlyList<string> areas,
        RegistrationStatus status,
        (DateTimeOffset At, Guid Id)? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<(RegistrationRow Row, byte[] Body)>();
        await using (
            var command = source.CreateCommand(
                """
                select id, area, status, submitted_at, updated_at, body from registration
                where area = any($1) and status = $2 and ($3::timestamptz is null or (submitted_at, id) > ($3, $4))
                order by submitted_at, id limit $5
                """
            )
        )
        {
            command.Bind(
                Parameters.Texts(areas, a => a),
                Parameters.Of((int)status),
                Parameters.Of(after?.At),
                Parameters.Of(after?.Id ?? Guid.Empty),
                Parameters.Of(limit)
            );
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(
                    (
                        new(
                            reader.GetGuid(0),
                            new(reader.GetString(1)),
                            (RegistrationStatus)reader.GetInt16(2),
                            reader.GetFieldValue<DateTimeOffset>(3),
                            reader.GetFieldValue<DateTimeOffset>(4),
                            null
                        ),
                        reader.GetFieldValue<byte[]>(5)
                    )
                );
        }
        var keys = await subjects.OfRows([.. rows.Select(r => r.Row.Id)], cancellationToken);
        return [.. rows.Select(r => r.Row with { Body = sealer.Open(keys.GetValueOrDefault(r.Row.Id), r.Body) })];
    }

    /// <param name="secret">The hash of the secret.</param>
    public async Task<OwnRegistration?> Of(byte[] secret, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select id, area, status, submitted_at, updated_at from registration where secret = $1"
        );
        command.Bind(Parameters.Of(secret));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(
                reader.GetGuid(0),
                new(reader.GetString(1)),
                (RegistrationStatus)reader.GetInt16(2),
                reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetFieldValue<DateTimeOffset>(4)
            )
            : null;
    }

    /// <summary>Whether an application of a phone waits.</summary>
    /// <param name="phone">The keyed token of it.</param>
    public async Task<bool> Waits(byte[] phone, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select exists (select from registration where phone = $1 and status = 0)");
        command.Bind(Parameters.Of(phone));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>What was submitted before a time, and isn't erased.</summary>
    public async Task<IReadOnlyList<Guid>> SubmittedBefore(
        string pack,
        DateTimeOffset before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            "select id from registration where pack = $1 and status <> 3 and submitted_at < $2 order by submitted_at limit $3"
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(before), Parameters.Of(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(reader.GetGuid(0));
        return found;
    }
}
