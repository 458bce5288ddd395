using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridActors.LocalEngine.Runtime;

/// <summary>A persistent state of an activation, whatever its type.</summary>
internal abstract class StoredState
{
    internal static Func<Activation, StoredState> FactoryFor(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new ArgumentException(
                $"Parameter '{parameter.Name}' of {parameter.Member.DeclaringType} has [PersistentState] and must be an IPersistentState<T>.");
        }

        var attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()!;
        var name = attribute.StateName.Length == 0 ? parameter.Name! : attribute.StateName;
        return typeof(StoredState).GetMethod(nameof(Factory), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments())
            .CreateDelegate<Func<string, string?, Func<Activation, StoredState>>>()(name, attribute.StorageName);
    }

    internal abstract Task LoadAsync(CancellationToken cancellationToken);

    private static Func<Activation, StoredState> Factory<TState>(string name, string? storageName) => activation =>
    {
        var services = activation.ActivationServices;
        var storage = string.IsNullOrWhiteSpace(storageName)
            ? services.GetService<IGrainStorage>()
            : services.GetKeyedService<IGrainStorage>(storageName);
        return new StoredState<TState>(activation, name, storage ?? throw new OrleansException(
            $"No grain storage named \"{storageName}\" is registered, and {activation.Kind.Type} keeps its state \"{name}\" there."));
    };
}

internal sealed class StoredState<TState>(Activation activation, string name, IGrainStorage storage)
    : StoredState, IPersistentState<TState>
{
    private readonly GrainState<TState> _state = new(NewState());
    private bool _loaded;

    public TState State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _loaded ? _state.RecordExists : throw new InvalidOperationException("State has not yet been loaded");

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await storage.ReadStateAsync(name, activation.GrainId, _state, cancellationToken);
            _loaded = true;
        }
        catch (Exception exception) when (IsForeign(exception, cancellationToken))
        {
            throw Failed(nameof(ReadStateAsync), exception);
        }
    }

    public async Task WriteStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await storage.WriteStateAsync(name, activation.GrainId, _state, cancellationToken);
        }
        catch (Exception exception) when (IsForeign(exception, cancellationToken))
        {
            throw Failed(nameof(WriteStateAsync), exception);
        }
    }

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await storage.ClearStateAsync(name, activation.GrainId, _state, cancellationToken);
        }
        catch (Exception exception) when (IsForeign(exception, cancellationToken))
        {
            throw Failed(nameof(ClearStateAsync), exception);
        }
    }

    internal override Task LoadAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    // What a storage throws of its own reaches callers as an OrleansException; conflicts and cancellations stay what they are.
    private static bool IsForeign(Exception exception, CancellationToken cancellationToken) =>
        exception is not OrleansException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private static TState NewState()
    {
        var type = typeof(TState);
        if (type.IsValueType || type == typeof(string) || type.IsArray || type.IsAbstract)
            return default!;
        return type.GetConstructor(Type.EmptyTypes) is null
            ? (TState)RuntimeHelpers.GetUninitializedObject(type)
            : Activator.CreateInstance<TState>();
    }

    private OrleansException Failed(string operation, Exception exception) => new(
        $"Error from storage {storage.GetType().Name}.{name} during {operation} for grain {activation.GrainId}: {exception.Message}",
        exception);
}
