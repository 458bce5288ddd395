using System.Linq.Expressions;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;

namespace GridActors.LocalEngine.Runtime;

/// <summary>What the engine knows of one interface method, worked out once: how to call it and how it may interleave.</summary>
internal abstract class MethodEntry(MethodInfo method)
{
    internal string Name { get; } = $"{method.DeclaringType!.Name}.{method.Name}";

    internal bool IsReadOnly { get; } = method.IsDefined(typeof(ReadOnlyAttribute));

    internal bool AlwaysInterleaves { get; } = method.IsDefined(typeof(AlwaysInterleaveAttribute));

    internal bool ReturnsValueTask { get; } = method.ReturnType.IsValueType;

    /// <summary>Milliseconds a caller waits, where the method has a time of its own.</summary>
    internal long? ResponseTimeout { get; } =
        (long?)method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout?.TotalMilliseconds;

    /// <summary>Where the cancellation token is among the arguments, or -1.</summary>
    internal int TokenPosition { get; } =
        Array.FindIndex(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken));

    internal static MethodEntry For(MethodInfo method)
    {
        var returned = method.ReturnType;
        if (method.IsGenericMethodDefinition || method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef))
            throw NotInSubset(method, "it is generic or has a parameter by reference");

        if (returned == typeof(Task) || returned == typeof(ValueTask))
            return new VoidMethodEntry(method);

        if (returned.IsGenericType
            && (returned.GetGenericTypeDefinition() == typeof(Task<>) || returned.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            var entry = typeof(MethodEntry<>).MakeGenericType(returned.GetGenericArguments());
            return (MethodEntry)Activator.CreateInstance(
                entry, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, null, [method], null)!;
        }

        throw NotInSubset(method, "it returns neither Task, Task<T>, ValueTask nor ValueTask<T>");
    }

    internal abstract MethodCall NewCall(object?[] arguments);

    /// <summary>Compiles the call of the method on an instance, with its task as a value task.</summary>
    protected static TInvoker Compile<TInvoker>(MethodInfo method, Type valueTask)
        where TInvoker : Delegate
    {
        var instance = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        Expression call = Expression.Call(
            Expression.Convert(instance, method.DeclaringType!),
            method,
            method.GetParameters().Select((parameter, position) => Expression.Convert(
                Expression.ArrayIndex(arguments, Expression.Constant(position)), parameter.ParameterType)));
        if (method.ReturnType != valueTask)
            call = Expression.New(valueTask.GetConstructor([method.ReturnType])!, call);
        return Expression.Lambda<TInvoker>(call, instance, arguments).Compile();
    }

    private static NotSupportedException NotInSubset(MethodInfo method, string reason) =>
        new($"{method.DeclaringType}.{method.Name} can't be called through a reference: {reason}. See docs/engine.md.");
}

internal sealed class VoidMethodEntry(MethodInfo method) : MethodEntry(method)
{
    internal Func<object, object?[], ValueTask> Invoke { get; } =
        Compile<Func<object, object?[], ValueTask>>(method, typeof(ValueTask));

    internal override MethodCall NewCall(object?[] arguments) => new VoidCall(this, arguments);
}

internal sealed class MethodEntry<TResult>(MethodInfo method) : MethodEntry(method)
{
    internal Func<object, object?[], ValueTask<TResult>> Invoke { get; } =
        Compile<Func<object, object?[], ValueTask<TResult>>>(method, typeof(ValueTask<TResult>));

    internal override MethodCall NewCall(object?[] arguments) => new ResultCall<TResult>(this, arguments);
}
