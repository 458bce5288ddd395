using System.Reflection;
using Orleans.Serialization.Invocation;

namespace GridActors.Harness;

/// <summary>What becomes of a call.</summary>
public enum Loss
{
    None,
    Silent,
    Loud,
}

/// <summary>Loses calls of actors on their way to other actors or to observers.</summary>
/// <param name="isAffected">Which methods' calls.</param>
/// <param name="loss">What becomes of the first, the second … of them; loudly, the caller gets an exception.</param>
public sealed class LostCalls(Func<MethodInfo, bool> isAffected, Func<int, Loss> loss) : IOutgoingGrainCallFilter
{
    int _calls;
    int _count;

    /// <summary>How many were lost.</summary>
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
