#if !ORLEANS
using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridActors.Silo.Hosting;

/// <summary>The local engine's grain storage: the same rows, as the same JSON, that Orleans' ADO.NET storage keeps for a cluster.</summary>
sealed class PostgresGrainStorage(NpgsqlDataSource source) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var command = source.CreateCommand("select payload, version from grain_state where service = $1 and grain = $2 and name = $3");
        Bind(command, stateName, grainId);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            grainState.RecordExists = false;
            grainState.ETag = null;
            return;
        }
        grainState.RecordExists = !reader.IsDBNull(0);
        if (grainState.RecordExists) grainState.State = JsonSerializer.Deserialize<T>(reader.GetFieldValue<byte[]>(0))!;
        grainState.ETag = reader.GetInt32(1).ToString(CultureInfo.InvariantCulture);
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Store(stateName, grainId, grainState, JsonSerializer.SerializeToUtf8Bytes(grainState.State));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Store(stateName, grainId, grainState, null);

    async Task Store<T>(string stateName, GrainId grainId, IGrainState<T> grainState, byte[]? payload)
    {
        await using var command = source.CreateCommand(grainState.ETag is null
            ? "insert into grain_state (service, grain, name, payload, version) values ($1, $2, $3, $4, 1) on conflict do nothing returning version"
            : "update grain_state set payload = $4, version = version + 1, modified_at = now() where service = $1 and grain = $2 and name = $3 and version = $5 returning version");
        Bind(command, stateName, grainId);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = (object?)payload ?? DBNull.Value });
        if (grainState.ETag is { } etag) command.Parameters.Add(new() { Value = int.Parse(etag, CultureInfo.InvariantCulture) });
        if (await command.ExecuteScalarAsync() is not int version)
            throw new InconsistentStateException($"The state {stateName} of {grainId} was changed by somebody else.");
        grainState.RecordExists = payload is not null;
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
    }

    static void Bind(NpgsqlCommand command, string stateName, GrainId grainId)
    {
        command.Parameters.Add(new() { Value = ServiceId });
        command.Parameters.Add(new() { Value = grainId.ToString() });
        command.Parameters.Add(new() { Value = stateName });
    }

    /// <summary>Scopes the rows, as a cluster's service id does.</summary>
    public const string ServiceId = "gridactors";
}
#endif
