namespace GridActors.Harness;

/// <summary>The temporary folder of one run, and the services in it. The run removes both at its end.</summary>
sealed class Workplace : IAsyncDisposable
{
    readonly List<MeasuredService> _services = [];

    public Workplace(string? parent)
    {
        Folder = Path.Combine(parent ?? Path.GetTempPath(), $"gridactors-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    public async Task<MeasuredService> Start(
        string pack,
        CancellationToken cancellationToken,
        string name = "data",
        IReadOnlyDictionary<string, string>? environment = null,
        SharedDatabase? shared = null
    )
    {
        var service = new MeasuredService(Path.Combine(Folder, name), pack, environment, shared);
        _services.Add(service);
        await service.Start(cancellationToken);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
            await service.DisposeAsync();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
