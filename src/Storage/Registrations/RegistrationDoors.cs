using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Registrations;

/// <summary>A code that was printed for an area, or for the door of a household.</summary>
public sealed record RegistrationDoor(Guid Id, AreaId Area, Guid? Household, DateTimeOffset MadeAt, PersonId MadeBy);

/// <summary>The codes by which residents apply: <c>registration_door</c>. The code itself isn't kept, only its hash.</summary>
public sealed class RegistrationDoors(NpgsqlDataSource source)
{
    const string Columns = "id, area, household, made_at, made_by";

    /// <summary>However often it is asked with one id, there is one; the code of the first stays.</summary>
    public async Task Add(RegistrationDoor door, byte[] code, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            insert into registration_door (id, pack, area, household, code, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (id) do nothing
            """
        );
        command.Bind(
            Parameters.Of(door.Id),
            Parameters.Of(door.Area.Pack),
            Parameters.Of(door.Area.Key),
            new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid, Value = (object?)door.Household ?? DBNull.Value },
            Parameters.Of(code),
            Parameters.Of(door.MadeAt),
            Parameters.Of(door.MadeBy.Key)
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <param name="code">Its hash.</param>
    /// <returns>Null when there is none, or it was ended.</returns>
    public async Task<RegistrationDoor?> Find(byte[] code, CancellationToken cancellationToken) =>
        (await Read("where code = $1 and ended_at is null", Parameters.Of(code), cancellationToken)) is [var door] ? door : null;

    public async Task<RegistrationDoor?> Find(Guid id, CancellationToken cancellationToken) =>
        (await Read("where id = $1 and ended_at is null", Parameters.Of(id), cancellationToken)) is [var door] ? door : null;

    /// <param name="areas">The keys of the areas.</param>
    public Task<IReadOnlyList<RegistrationDoor>> List(IReadOnlyList<string> areas, CancellationToken cancellationToken) =>
        Read(
            "where area = any($1) and ended_at is null order by made_at desc, id limit 500",
            Parameters.Texts(areas, a => a),
            cancellationToken
        );

    public async Task End(Guid id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update registration_door set ended_at = $2 where id = $1 and ended_at is null");
        command.Bind(Parameters.Of(id), Parameters.Of(at));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    async Task<IReadOnlyList<RegistrationDoor>> Read(string where, NpgsqlParameter parameter, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {Columns} from registration_door {where}");
        command.Bind(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var doors = new List<RegistrationDoor>();
        while (await reader.ReadAsync(cancellationToken))
            doors.Add(
                new(
                    reader.GetGuid(0),
                    new(reader.GetString(1)),
                    reader.IsDBNull(2) ? null : reader.GetGuid(2),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    new(reader.GetString(4))
                )
            );
        return doors;
    }
}
