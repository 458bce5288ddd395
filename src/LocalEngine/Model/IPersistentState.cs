using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>
/// A state of an actor in a grain storage. It is read before OnActivateAsync; changing it in memory writes nothing,
/// only <see cref="IStorage.WriteStateAsync()"/> does.
/// </summary>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Marks a constructor parameter of type <see cref="IPersistentState{TState}"/>.</summary>
/// <param name="stateName">The name of the state: part of the key it is stored under.</param>
/// <param name="storageName">The name of the storage, or nothing for the unnamed one.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName ?? throw new ArgumentNullException(nameof(stateName));

    public string? StorageName { get; } = storageName;
}
