using Orleans;
using Orleans.Runtime;

namespace GridActors.Engine.Tests.Actors;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    /// <summary>Changes the state in memory and writes nothing.</summary>
    Task AddUnwritten(int amount);

    Task<int> Value();

    Task<bool> Exists();

    Task Reset();

    Task Leave();
}

[GenerateSerializer, Alias("gridactors.engine-tests.counter")]
public sealed class Counter
{
    [Id(0)]
    public int Value { get; set; }
}

[GrainType("engine-tests-counter")]
public sealed class CounterGrain([PersistentState("counter", TestStorage.Name)] IPersistentState<Counter> counter) : Grain, ICounterGrain
{
    public const string StateName = "counter";

    public static string StoredAs(string key) => $"engine-tests-counter/{key}";

    private int _loaded;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _loaded = counter.State.Value;
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Desk.At(this.GetPrimaryKeyString()).Note("deactivated");
        return Task.CompletedTask;
    }

    public async Task<int> Add(int amount)
    {
        counter.State.Value += amount;
        await counter.WriteStateAsync();
        return counter.State.Value;
    }

    public Task AddUnwritten(int amount)
    {
        counter.State.Value += amount;
        return Task.CompletedTask;
    }

    public Task<int> Value() => Task.FromResult(counter.State.Value);

    public Task<bool> Exists() => Task.FromResult(counter.RecordExists && _loaded >= 0);

    public Task Reset() => counter.ClearStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
