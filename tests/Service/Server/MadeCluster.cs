using System.Diagnostics;
using GridActors.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridActors.Service.Tests.Server;

/// <summary>The data folder of a server that was started and stopped. Tests copy it.</summary>
public sealed class MadeCluster : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-made-").FullName;

    public async Task InitializeAsync() =>
        await (await PrivatePostgres.Start(new() { DataFolder = _folder }, NullLogger.Instance)).DisposeAsync();

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    internal async Task CopyTo(string folder, CancellationToken cancellationToken)
    {
        // The copy must keep owners and modes, because the server checks them.
        using var copy = Process.Start("cp", ["-a", Path.Combine(_folder, "postgres"), Path.Combine(_folder, "postgres-password"), folder]);
        await copy.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, copy.ExitCode);
    }
}
