using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace GridActors.Engine.Tests.Actors;

public interface IClockGrain : IGrainWithStringKey
{
    Task Start(TimeSpan period, bool interleave);

    /// <summary>A timer whose every other tick fails.</summary>
    Task StartFailing(TimeSpan period);

    Task StartOnce();

    Task Stop();

    Task<int> Activation();

    Task Hold();

    /// <summary>Waits until the next tick while it is in its own turn.</summary>
    Task<bool> TickedWhileHeld();

    [ReadOnly]
    Task<int> Ticks();

    Task Leave();
}

public sealed class ClockGrain : Grain, IClockGrain
{
    private IGrainTimer? _timer;
    private int _ticks;
    private bool _held;
    private bool _tickedWhileHeld;

    private Desk Desk => Desk.At(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Desk.Note("activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Desk.Note("deactivated");
        return Task.CompletedTask;
    }

    public Task Start(TimeSpan period, bool interleave)
    {
        _timer = this.RegisterGrainTimer(Tick, new() { DueTime = period, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartFailing(TimeSpan period)
    {
        _timer = this.RegisterGrainTimer(
            async _ =>
            {
                await Tick();
                throw new InvalidOperationException("this tick failed");
            },
            period,
            period);
        return Task.CompletedTask;
    }

    public Task StartOnce()
    {
        _timer = this.RegisterGrainTimer(
            static (clock, _) => clock.Tick(), this, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        Desk.Note("stopped");
        return Task.CompletedTask;
    }

    public Task<int> Activation() => Task.FromResult(Desk.Notes.Count(note => note == "activated"));

    public async Task Hold()
    {
        _held = true;
        Desk.Note("held");
        await Desk.Opened;
        Desk.Note("released");
        _held = false;
    }

    public Task<bool> TickedWhileHeld() => Task.FromResult(_tickedWhileHeld);

    public Task<int> Ticks() => Task.FromResult(_ticks);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Task Tick()
    {
        _ticks++;
        _tickedWhileHeld |= _held;
        Desk.Note("tick");
        return Task.CompletedTask;
    }
}
