using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace GridActors.LocalEngine.Runtime;

/// <summary>The grain classes of this process, and the references to their actors.</summary>
internal sealed partial class Engine : IClusterClient, IDisposable
{
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainKind> _kindByInterface = new();
    private readonly GrainKind[] _kinds;
    private readonly LocalEngineInstruments _instruments;
    private readonly ILogger<Engine> _logger;
    private long _observers;
    private volatile bool _stopping;

    public Engine(
        IServiceProvider services,
        IOptions<LocalEngineOptions> options,
        IEnumerable<GrainAssembly> assemblies,
        IMeterFactory meters,
        ILogger<Engine> logger)
    {
        ServiceProvider = services;
        Options = options.Value;
        _logger = logger;
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        ResponseTimeout = (long)Options.ResponseTimeout.TotalMilliseconds;
        _kinds = assemblies.Select(assembly => assembly.Assembly).Distinct().SelectMany(GrainClasses)
            .Select(type => new GrainKind(this, type)).ToArray();
        if (_kinds.GroupBy(kind => kind.GrainType).FirstOrDefault(kinds => kinds.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Two grain classes are called {twice.Key}: {string.Join(", ", twice.Select(kind => kind.Type))}.");
        Sweeper = new(Options);
        _instruments = new(meters, _kinds);
    }

    public IServiceProvider ServiceProvider { get; }

    internal LocalEngineOptions Options { get; }

    internal ILogger Logger => _logger;

    internal TimeProvider Time { get; }

    internal Sweeper Sweeper { get; }

    /// <summary>In milliseconds.</summary>
    internal long ResponseTimeout { get; }

    internal bool IsStopping => _stopping;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)Reference(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)Reference(grainInterfaceType, grainPrimaryKey, null);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is CallProxy)
            throw new ArgumentException("Argument obj is already a grain reference.", nameof(obj));
        if (obj is not TGrainObserverInterface)
            throw new ArgumentException($"{obj.GetType()} does not implement {typeof(TGrainObserverInterface)}.", nameof(obj));
        var mailbox = new ObserverMailbox(this, obj, $"observer {typeof(TGrainObserverInterface).Name} {Interlocked.Increment(ref _observers)}");
        return (TGrainObserverInterface)(object)CallProxy.New<ObserverProxy>(typeof(TGrainObserverInterface)).To(mailbox);
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not ObserverProxy reference)
            throw new ArgumentException("Argument reference is not a grain reference.", nameof(obj));
        if (!reference.Mailbox.Delete())
            throw new ArgumentException("Reference is not associated with a local object.", nameof(obj));
    }

    public void Dispose() => Sweeper.Dispose();

    internal void ThrowIfStopping()
    {
        if (_stopping)
            throw new SiloUnavailableException("The engine is stopping and activates no more actors.");
    }

    /// <summary>Deactivates every actor, each with its OnDeactivateAsync, as long as the token allows.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        DeactivationReason reason = new(DeactivationReasonCode.ShuttingDown, "The process is stopping.");
        while (_kinds.SelectMany(kind => kind.Activations).ToArray() is { Length: > 0 } activations)
        {
            LogStopping(activations.Length);
            var gone = Array.ConvertAll(activations, activation => activation.Deactivated);
            foreach (var activation in activations)
                activation.Deactivate(reason, CancellationToken.None);
            try
            {
                await Task.WhenAll(gone).WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                LogNotStopped(gone.Count(task => !task.IsCompleted));
                return;
            }
        }
    }

    internal void FailExpired(ICallTarget target, List<(Call Call, string State)>? expired)
    {
        foreach (var (call, state) in expired ?? [])
        {
            LogTimeout(call.MethodName, target.Name, state);
            _instruments.OnTimeout();
            call.Fail(new TimeoutException(
                $"Response did not arrive on time for {call.MethodName} on {target.Name}. {state}. "
                + "If actors call each other in a circle, they wait for each other until this time is over."));
        }
    }

    private static IEnumerable<Type> GrainClasses(Assembly assembly) => assembly.GetTypes().Where(
        type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(Grain).IsAssignableFrom(type));

    private object Reference(Type interfaceType, string key, string? prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        if (!_kindByInterface.TryGetValue((interfaceType, prefix), out var kind))
            kind = _kindByInterface.GetOrAdd((interfaceType, prefix), FindKind(interfaceType, prefix));
        return kind.Reference(interfaceType, key);
    }

    private GrainKind FindKind(Type interfaceType, string? prefix)
    {
        var kinds = _kinds.Where(kind => interfaceType.IsAssignableFrom(kind.Type)
            && (prefix is null || kind.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal))).ToArray();
        return kinds.Length switch
        {
            1 => kinds[0],
            0 => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}"),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {interfaceType}: {string.Join(", ", kinds.Select(kind => kind.Type))}"),
        };
    }
}

/// <summary>An assembly whose grain classes the engine serves.</summary>
internal sealed record GrainAssembly(Assembly Assembly);
