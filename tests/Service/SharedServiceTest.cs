[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace GridActors.Service.Tests;

/// <summary>Tests that load the machine, or that measure a time, run alone.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>A test that uses the shared service.</summary>
public abstract class SharedServiceTest : IAsyncLifetime
{
    protected TestService Service { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Service = await TestService.Shared();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    protected Task<Client> As(string person, string pack = "qinghe") => Service.As(person, pack);
}
