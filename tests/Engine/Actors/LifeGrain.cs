using Orleans;

namespace GridActors.Engine.Tests.Actors;

public interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>Tells which activation of this actor answers, counted from one.</summary>
    Task<int> Activation();

    Task<bool> SameServiceTwice();

    Task<Guid> OwnService();

    Task Leave();

    /// <summary>Asks to leave in the middle of a call that waits for the test.</summary>
    Task LeaveAndHold();

    Task Stay(TimeSpan time);
}

/// <summary>A scoped service: one for each activation.</summary>
public sealed class OwnService
{
    public Guid Id { get; } = Guid.NewGuid();
}

public sealed class LifeGrain(OwnService service, IServiceProvider services) : Grain, ILifeGrain
{
    private int _activation;

    private Desk Desk => Desk.At(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Desk.FailingActivations > 0)
        {
            Desk.FailingActivations--;
            Desk.Note("activation failed");
            throw new InvalidOperationException("not today");
        }

        Desk.Note("activated");
        _activation = Desk.Notes.Count(note => note == "activated");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Desk.Note($"deactivated: {reason.ReasonCode}");
        Desk.Note("deactivated");
    }

    public Task<int> Activation() => Task.FromResult(_activation);

    public Task<bool> SameServiceTwice() => Task.FromResult(services.GetService(typeof(OwnService)) == service);

    public Task<Guid> OwnService() => Task.FromResult(service.Id);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveAndHold()
    {
        DeactivateOnIdle();
        Desk.Note("leaving");
        await Desk.Opened;
        Desk.Note("left");
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}
