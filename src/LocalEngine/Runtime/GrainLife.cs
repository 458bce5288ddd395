using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace GridActors.LocalEngine.Runtime;

/// <summary>The grain's own part in its life, each step within the time the options give it.</summary>
internal static class GrainLife
{
    internal static async Task BeginAsync(Activation activation, Grain grain, StoredState[] states)
    {
        var time = activation.Engine.Options.ActivationTimeout;
        using CancellationTokenSource limit = new(time);
        try
        {
            foreach (var state in states)
                await state.LoadAsync(limit.Token).WaitAsync(limit.Token);
            if (activation.Kind.HasOnActivate)
                await grain.OnActivateAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"{activation.Name} was not active within {time}.", exception);
        }
    }

    internal static async Task EndAsync(Activation activation, Grain grain, DeactivationReason reason)
    {
        using CancellationTokenSource limit = new(activation.Engine.Options.DeactivationTimeout);
        await grain.OnDeactivateAsync(reason, limit.Token).WaitAsync(limit.Token);
    }

    internal static async Task DisposeAsync(Grain? grain, IServiceScope? scope)
    {
        if (grain is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else if (grain is IDisposable disposable)
            disposable.Dispose();
        if (scope is IAsyncDisposable asynchronousScope)
            await asynchronousScope.DisposeAsync();
        else
            scope?.Dispose();
    }
}
