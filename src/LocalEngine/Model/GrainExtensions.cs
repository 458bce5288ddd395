using GridActors.LocalEngine.Runtime;
using Orleans.Runtime;

namespace Orleans;

public static class GrainExtensions
{
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        null => throw new ArgumentNullException(nameof(grain)),
        Grain actor => actor.OwnActivation.GrainId,
        GrainProxy reference => reference.GrainId,
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    public static string GetPrimaryKeyString(this IAddressable grain) => grain switch
    {
        null => throw new ArgumentNullException(nameof(grain)),
        Grain actor => actor.OwnActivation.Key,
        GrainProxy reference => reference.Key,
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>A reference to this grain: what it hands to others instead of itself.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
    {
        null => throw new ArgumentNullException(nameof(grain)),
        Grain actor => (TGrainInterface)(object)actor.OwnActivation.Kind.Reference(typeof(TGrainInterface), actor.OwnActivation.Key),
        GrainProxy reference => (TGrainInterface)(object)reference.Kind.Reference(typeof(TGrainInterface), reference.Key),
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };
}
