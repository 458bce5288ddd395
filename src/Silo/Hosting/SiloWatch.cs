using GridActors.Web.Live;

namespace GridActors.Silo.Hosting;

/// <summary>Tells the live connections of a process that is a silo itself when another silo leaves the cluster.</summary>
sealed class SiloWatch(ISiloStatusOracle silos, SiloChanges changes) : IHostedService, ISiloStatusListener
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        silos.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status.IsTerminating())
            changes.Notify();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        silos.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }
}
