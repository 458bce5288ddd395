using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace GridActors.LocalEngine.Runtime;

/// <summary>One grain class: its durable name, how to construct it, and its activations by key.</summary>
internal sealed class GrainKind
{
    private const string Suffix = "grain";

    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);
    private readonly ObjectFactory _construct;
    private readonly Func<Activation, StoredState>[] _states;

    internal GrainKind(Engine engine, Type type)
    {
        Engine = engine;
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(engine.ServiceProvider, type) ?? ByConvention(type);
        HasOnActivate = IsOverridden(type, nameof(Grain.OnActivateAsync));
        HasOnDeactivate = IsOverridden(type, nameof(Grain.OnDeactivateAsync));

        var stored = type.GetConstructors()
            .Select(constructor => constructor.GetParameters().Where(IsStored).ToArray())
            .FirstOrDefault(parameters => parameters.Length > 0) ?? [];
        _states = Array.ConvertAll(stored, StoredState.FactoryFor);
        _construct = ActivatorUtilities.CreateFactory(type, Array.ConvertAll(stored, parameter => parameter.ParameterType));
    }

    internal Engine Engine { get; }

    internal Type Type { get; }

    internal GrainType GrainType { get; }

    internal bool HasOnActivate { get; }

    internal bool HasOnDeactivate { get; }

    internal ICollection<Activation> Activations => _activations.Values;

    internal int ActivationCount => _activations.Count;

    internal object Reference(Type interfaceType, string key) => CallProxy.New<GrainProxy>(interfaceType).To(this, key);

    internal Activation FindOrCreate(string key)
    {
        if (_activations.TryGetValue(key, out var activation))
            return activation;
        Engine.ThrowIfStopping();
        return _activations.GetOrAdd(key, static (key, kind) => new Activation(kind, key), this);
    }

    internal void Remove(Activation activation) => _activations.TryRemove(new(activation.Key, activation));

    internal void Replace(Activation activation, Activation successor) => _activations.TryUpdate(activation.Key, successor, activation);

    internal Grain Construct(Activation activation, out StoredState[] states)
    {
        states = _states.Length == 0 ? [] : Array.ConvertAll(_states, create => create(activation));
        return (Grain)_construct(activation.ActivationServices, states);
    }

    private static bool IsStored(ParameterInfo parameter) => parameter.IsDefined(typeof(PersistentStateAttribute));

    private static bool IsOverridden(Type type, string method) =>
        type.GetMethod(method, BindingFlags.Instance | BindingFlags.Public)?.DeclaringType != typeof(Grain);

    // As Orleans does it, because the name is part of the key of a stored state.
    private static GrainType ByConvention(Type type)
    {
#pragma warning disable CA1308 // The durable name is in lower case.
        var name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        return GrainType.Create(
            name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name);
    }
}
