using System.Reflection;
using Orleans.Serialization.Invocation;

namespace GridActors.Harness;

/// <summary>What happens to a call.</summary>
public enum Loss
{
    None,
    Silent,
    Loud,
}

/// <summary>Drops calls from actors to other actors or to observers.</summary>
/// <param name="isAffected">Whether calls of a method are dropped at all.</param>
/// <param name="loss">What happens to the first, the second … of those calls. When a loss is loud, the caller gets an exception.</param>
public sealed class LostCalls(Func<MethodInfo, bool> isAffected, Func<int, Loss> loss) : IOutgoingGrainCallFilter
{
    int _calls;
    int _count;

    /// <summary>How many calls were dropped.</summary>
    public int Count => Volatile.Read(ref _count);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var fate = isAffected(context.InterfaceMethod) ? loss(Interlocked.Increment(ref _calls)) : Loss.None;
        if (fate != Loss.None)
            Interlocked.Increment(ref _count);
        if (fate == Loss.None)
            await context.Invoke();
        else if (fate == Loss.Loud)
            throw new TimeoutException("The call was lost.");
        else
            context.Response = Response.Completed;
    }
}
