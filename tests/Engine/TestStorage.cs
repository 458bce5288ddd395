using System.Collections.Concurrent;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridActors.Engine.Tests;

/// <summary>A grain storage in memory that keeps JSON and checks ETags, the same on both engines.</summary>
public sealed class TestStorage : IGrainStorage
{
    public const string Name = "tests";

    private readonly ConcurrentDictionary<(string State, string Grain), (string Json, string ETag)> _records = new();

    /// <summary>Lets somebody else write the record, so that whoever read it before has an old ETag.</summary>
    internal void WriteBehindTheBack(string state, string grain, string json) =>
        _records[(state, grain)] = (json, Guid.NewGuid().ToString());

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = _records.TryGetValue((stateName, grainId.ToString()), out var record);
        grainState.ETag = grainState.RecordExists ? record.ETag : null;
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(record.Json) : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        CheckETag(stateName, grainId, grainState.ETag);
        var etag = Guid.NewGuid().ToString();
        _records[(stateName, grainId.ToString())] = (JsonSerializer.Serialize(grainState.State), etag);
        grainState.ETag = etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        CheckETag(stateName, grainId, grainState.ETag);
        _records.TryRemove((stateName, grainId.ToString()), out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    private void CheckETag(string stateName, GrainId grainId, string? expected)
    {
        var stored = _records.TryGetValue((stateName, grainId.ToString()), out var record) ? record.ETag : null;
        if (stored != expected)
            throw new InconsistentStateException($"{stateName} of {grainId} was written by somebody else.", stored, expected);
    }
}
