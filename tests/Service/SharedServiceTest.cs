[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace GridActors.Service.Tests;

/// <summary>Tests that load the machine, or measure a time that a person would notice, have it for themselves.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>A test against the service that all share.</summary>
public abstract class SharedServiceTest : IAsyncLifetime
{
    protected TestService Service { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Service = await TestService.Shared();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    protected Task<Client> As(string person, string pack = "qinghe") => Service.As(person, pack);
}
