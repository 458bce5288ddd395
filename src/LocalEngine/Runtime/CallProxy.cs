using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Orleans.Runtime;

namespace GridActors.LocalEngine.Runtime;

/// <summary>
/// A reference: an object of the interface's type that turns a method call into a <see cref="Call"/>. Made once per interface by
/// <see cref="DispatchProxy"/>; every further reference is a copy of that first one, which costs an allocation and no reflection.
/// </summary>
internal abstract class CallProxy : DispatchProxy
{
    private static readonly ConcurrentDictionary<(Type Interface, Type Proxy), CallProxy> s_prototypes = new();

    private FrozenDictionary<MethodInfo, MethodEntry> _methods = FrozenDictionary<MethodInfo, MethodEntry>.Empty;

    internal Type InterfaceType { get; private set; } = typeof(object);

    protected abstract long ResponseTimeout { get; }

    internal static TProxy New<TProxy>(Type interfaceType)
        where TProxy : CallProxy =>
        (TProxy)s_prototypes.GetOrAdd((interfaceType, typeof(TProxy)), static key => NewPrototype(key.Interface, key.Proxy)).MemberwiseClone();

    protected abstract void Send(MethodCall call);

    protected sealed override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = _methods[targetMethod!];
        var call = method.NewCall(args ?? []);
        call.Deadline = Environment.TickCount64 + (method.ResponseTimeout ?? ResponseTimeout);
        if (method.TokenPosition >= 0)
            call.HonourCancellation();
        if (!call.IsAnswered)
            Send(call);
        return call.Answer;
    }

    private static CallProxy NewPrototype(Type interfaceType, Type proxyType)
    {
        // An interface that can't be served fails here, at the first reference to it, and not at some later call.
        var methods = interfaceType.GetInterfaces().Append(interfaceType)
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.IsAbstract)
            .ToFrozenDictionary(method => method, MethodEntry.For);
        var prototype = (CallProxy)Create(interfaceType, proxyType);
        prototype._methods = methods;
        prototype.InterfaceType = interfaceType;
        return prototype;
    }
}

#pragma warning disable CA1852 // DispatchProxy derives from these two, so they can't be sealed.

/// <summary>A reference to an actor, by the class's durable name and the key.</summary>
internal class GrainProxy : CallProxy, IAddressable, IEquatable<GrainProxy>
{
    private Activation? _lastSeen;

    internal GrainKind Kind { get; private set; } = null!;

    internal string Key { get; private set; } = "";

    internal GrainId GrainId => GrainId.Create(Kind.GrainType, Key);

    protected override long ResponseTimeout => Kind.Engine.ResponseTimeout;

    public bool Equals(GrainProxy? other) => other is not null && other.Kind == Kind && other.Key == Key;

    public override bool Equals(object? obj) => obj is GrainProxy other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, Key);

    public override string ToString() => $"{InterfaceType.Name} {GrainId}";

    internal GrainProxy To(GrainKind kind, string key)
    {
        Kind = kind;
        Key = key;
        return this;
    }

    protected override void Send(MethodCall call)
    {
        if (_lastSeen is { } seen && seen.TryReceive(call))
            return;

        // An activation may end between finding it and handing it the call; then there is another one to find.
        try
        {
            Activation activation;
            do
            {
                activation = Kind.FindOrCreate(Key);
            }
            while (!activation.TryReceive(call));
            _lastSeen = activation;
        }
        catch (SiloUnavailableException exception)
        {
            call.Fail(exception);
        }
    }
}

/// <summary>A reference to an observer.</summary>
internal class ObserverProxy : CallProxy, IAddressable
{
    internal ObserverMailbox Mailbox { get; private set; } = null!;

    protected override long ResponseTimeout => Mailbox.Engine.ResponseTimeout;

    public override string ToString() => Mailbox.Name;

    internal ObserverProxy To(ObserverMailbox mailbox)
    {
        Mailbox = mailbox;
        return this;
    }

    protected override void Send(MethodCall call) => Mailbox.Receive(call);
}
