namespace GridActors.Contracts;

/// <summary>
/// The references to the actors of one kind. <c>GetGrain</c> by interface reads the interface's attributes by reflection at every call,
/// which was six per cent of a claim; here it is done once.
/// </summary>
public sealed class GrainReferences<TGrain>(IGrainFactory grains)
    where TGrain : IGrain
{
    sealed record Kind(GrainType Type, GrainInterfaceType Interface);

    Kind? _kind;

    public TGrain Of(Guid key) => Of(GrainIdKeyExtensions.CreateGuidKey(key), () => grains.GetGrain(typeof(TGrain), key));

    public TGrain Of(string key) => Of(IdSpan.Create(key), () => grains.GetGrain(typeof(TGrain), key));

    TGrain Of(IdSpan key, Func<IGrain> first)
    {
        if (_kind is not { } kind)
        {
            var reference = (GrainReference)first();
            // Two callers at once find the same.
            _kind = kind = new(reference.GrainId.Type, reference.InterfaceType);
        }
        return (TGrain)grains.GetGrain(GrainId.Create(kind.Type, key), kind.Interface);
    }
}
