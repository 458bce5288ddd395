using GridActors.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GridActors.Cluster.Tests;

/// <summary>A PostgreSQL of its own in a temporary folder.</summary>
sealed class OwnDatabase : IAsyncDisposable
{
    readonly string _folder;
    PrivatePostgres _server;
    bool _isStopped;

    OwnDatabase(string folder, PrivatePostgres server)
    {
        (_folder, _server) = (folder, server);
        Source = NpgsqlDataSource.Create(server.ConnectionString);
    }

    public string ConnectionString => _server.ConnectionString;
    public NpgsqlDataSource Source { get; }

    public static async Task<OwnDatabase> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("gridactors-").FullName;
        return new(folder, await Open(folder));
    }

    public async Task<T> Ask<T>(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Do(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    public async Task StopAsync()
    {
        if (_isStopped) return;
        _isStopped = true;
        await _server.DisposeAsync();
    }

    public async Task StartAgainAsync()
    {
        _server = await Open(_folder);
        _isStopped = false;
        Source.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    static Task<PrivatePostgres> Open(string folder) => PrivatePostgres.StartAsync(new() { DataFolder = folder }, NullLogger.Instance).InTime();

    NpgsqlCommand Command(string sql, object[] values)
    {
        var command = Source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
