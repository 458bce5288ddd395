using Orleans;

namespace GridActors.LocalEngine.Runtime;

/// <summary>What only an actor needs that ends, or that has something to say about when it may.</summary>
internal sealed class Ending
{
    internal readonly TaskCompletionSource Done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    internal bool Requested;
    internal DeactivationReason Reason;

    /// <summary>Until when the idle collection keeps away.</summary>
    internal long NotBefore;
}
