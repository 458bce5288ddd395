#if !ORLEANS
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Grains;
using Npgsql;
using NpgsqlTypes;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridActors.Silo.Hosting;

/// <summary>The local engine's grain storage: the same rows, as the same JSON, that Orleans' ADO.NET storage keeps for a cluster.</summary>
sealed class PostgresGrainStorage(NpgsqlDataSource source) : IGrainStorage
{
    /// <summary>As Orleans' serializer by System.Text.Json has them.</summary>
    static readonly JsonSerializerOptions Json = new() { IncludeFields = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var command = source.CreateCommand("select payload, version from grain_state where service = $1 and name = $2 and key = $3");
        Bind(command, stateName, grainId);
        await using var reader = await command.ExecuteReaderAsync();
        var isFound = await reader.ReadAsync();
        grainState.RecordExists = isFound && !reader.IsDBNull(0);
        grainState.ETag = isFound ? ETag(reader.GetInt32(1)) : null;
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(reader.GetFieldValue<byte[]>(0), Json)! : Activator.CreateInstance<T>();
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Store(stateName, grainId, grainState, JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json));
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is null) await ReadStateAsync(stateName, grainId, grainState);
        if (grainState.ETag is null) return;
        await Store(stateName, grainId, grainState, null);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    async Task Store<T>(string stateName, GrainId grainId, IGrainState<T> grainState, byte[]? payload)
    {
        await using var command = source.CreateCommand(grainState.ETag is null
            ? "insert into grain_state (service, name, key, payload, version) values ($1, $2, $3, $4, 1) on conflict do nothing returning version"
            : "update grain_state set payload = $4, version = version + 1, modified_at = now() where service = $1 and name = $2 and key = $3 and version = $5 returning version");
        Bind(command, stateName, grainId);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = (object?)payload ?? DBNull.Value });
        if (grainState.ETag is { } etag) command.Parameters.Add(new() { Value = int.Parse(etag, CultureInfo.InvariantCulture) });
        if (await command.ExecuteScalarAsync() is not int version)
            throw new InconsistentStateException($"The state {stateName} of {grainId} was changed by somebody else.");
        grainState.ETag = ETag(version);
    }

    static void Bind(NpgsqlCommand command, string stateName, GrainId grainId)
    {
        command.Parameters.Add(new() { Value = GrainStorage.Service });
        command.Parameters.Add(new() { Value = stateName });
        command.Parameters.Add(new() { Value = KeyOf(grainId) });
    }

    /// <summary>Orleans takes keys that look like numbers apart, and a cluster would not find their rows: what can't move there isn't begun here.</summary>
    static string KeyOf(GrainId grainId)
    {
        var key = grainId.Key.ToString()!;
        return key.Contains('+', StringComparison.Ordinal) || key.All(char.IsAsciiHexDigit)
            ? throw new OrleansException($"An actor with a persistent state can't have the key \"{key}\": it must not be a hexadecimal number, nor hold a plus sign (docs/engine.md).")
            : key;
    }

    static string ETag(int version) => version.ToString(CultureInfo.InvariantCulture);
}
#endif
