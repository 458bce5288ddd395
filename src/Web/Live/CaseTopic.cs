using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Live;

/// <summary>The steps of one case.</summary>
sealed class CaseTopic(Guid id, IGrainFactory grains, IPacks packs, ILogger logger) : Topic<ICaseObserver>(grains, logger), ICaseObserver
{
    int _version;

    public override object Key => id;

    public Task Changed(CaseView view)
    {
        Volatile.Write(ref _version, Math.Max(view.Version, Volatile.Read(ref _version)));
        if (packs.Current.PackOf(view.Area) is not { } pack || packs.Current.Area(view.Area) is not { } area)
            return Task.CompletedTask;
        var json = CaseChangedJson.Of(view, pack);
        foreach (var connection in Connections)
            if (CaseAccess.MaySee(view, connection.Caller.Id, connection.Caller.Reads(area)))
                connection.Post(json);
        return Task.CompletedTask;
    }

    protected override async Task Watch(ICaseObserver reference)
    {
        var known = Volatile.Read(ref _version);
        if (await Grains.GetGrain<ICaseGrain>(id).Watch(reference) is not { } view)
            return;
        // A step was missed: the actor was another activation meanwhile, or a message got lost.
        if (known != 0 && view.Version > known)
            await Changed(view);
        Volatile.Write(ref _version, Math.Max(view.Version, Volatile.Read(ref _version)));
    }

    protected override Task Unwatch(ICaseObserver reference) => Grains.GetGrain<ICaseGrain>(id).Unwatch(reference);
}
