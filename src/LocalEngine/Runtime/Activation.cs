using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace GridActors.LocalEngine.Runtime;

/// <summary>
/// One actor in memory: its mailbox, its turns and its life. It is itself the synchronization context of its code and the work
/// item that runs it, and its lock is its own monitor, so that an idle actor costs one small object besides the grain.
/// Turns run on the thread pool, one at a time: a continuation of the actor's code, a step of its life, or the next call that may start.
/// </summary>
internal sealed partial class Activation : SynchronizationContext, IThreadPoolWorkItem, IGrainContext, ICallTarget, IWatched
{
    // After so many turns in a row a busy actor goes to the back of the pool's queue, so that it can't starve the others.
    private const int TurnsInARow = 64;

    private CallQueue _calls;
    private TurnQueue _turns;
    private Grain? _instance;
    private IServiceScope? _scope;
    private Ending? _ending;
    private List<GrainTimer>? _timers;
    private long _lastUsed = Environment.TickCount64;
    private Stage _stage;
    private bool _scheduled;
    private bool _watched;

    internal Activation(GrainKind kind, string key)
    {
        Kind = kind;
        Key = key;
    }

    private enum Stage : byte
    {
        New,
        Activating,
        Active,
        Ending,
        Deactivating,
        Gone,
    }

    internal static new Activation? Current => SynchronizationContext.Current as Activation;

    internal GrainKind Kind { get; }

    internal string Key { get; }

    internal Engine Engine => Kind.Engine;

    public GrainId GrainId => GrainId.Create(Kind.GrainType, Key);

    public string Name => $"{Kind.GrainType}/{Key}";

    public object? GrainInstance => _instance;

    public IServiceProvider ActivationServices
    {
        get
        {
            lock (this)
                return (_scope ??= Engine.ServiceProvider.CreateScope()).ServiceProvider;
        }
    }

    public Task Deactivated
    {
        get
        {
            lock (this)
                return _stage == Stage.Gone ? Task.CompletedTask : (_ending ??= new()).Done.Task;
        }
    }

    /// <returns>False when this activation is gone and the caller has to find the next one.</returns>
    internal bool TryReceive(Call call)
    {
        bool watch;
        lock (this)
        {
            if (_stage == Stage.Gone)
                return false;
            _calls.Add(call);
            watch = !_watched;
            _watched = true;
        }

        if (watch)
            Engine.Sweeper.Watch(this);
        Schedule();
        return true;
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (this)
        {
            if (_stage >= Stage.Ending || _ending is { Requested: true })
                return;
            _ending ??= new();
            _ending.Requested = true;
            _ending.Reason = deactivationReason;
            if (_stage == Stage.Active)
                _stage = Stage.Ending;
        }

        Schedule();
    }

    internal void DelayDeactivation(TimeSpan time)
    {
        lock (this)
        {
            _ending ??= new();
            _ending.NotBefore = time == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)time.TotalMilliseconds;
        }
    }

    internal void Keep(GrainTimer timer)
    {
        lock (this)
            (_timers ??= []).Add(timer);
    }

    internal void Forget(GrainTimer timer)
    {
        lock (this)
            _timers?.Remove(timer);
    }

    /// <summary>Begins the end of an actor that nobody used for long enough.</summary>
    /// <returns>When to look again, or nothing when there is nothing left to look at.</returns>
    internal long? CollectIfIdle(long now, long age)
    {
        lock (this)
        {
            if (_stage >= Stage.Ending)
                return null;
            if (_stage != Stage.Active || !_calls.IsEmpty)
                return now + age;
            var due = Math.Max(_lastUsed + age, _ending?.NotBefore ?? 0);

            // No later than the age from now, because the actor may take its delay back.
            if (due > now)
                return Math.Min(due, now + age);
        }

        // A call that comes in between is not lost: it goes to the next activation.
        Deactivate(new(DeactivationReasonCode.ActivationIdle, "Nobody has called for the collection age."));
        return null;
    }

    public bool FailExpired(long now)
    {
        List<(Call Call, string State)>? expired = null;
        lock (this)
        {
            _calls.CollectExpired(now, ref expired);
            _watched = !_calls.IsEmpty;
        }

        Engine.FailExpired(this, expired);
        return _watched;
    }

    public void OnFault(Exception exception)
    {
        // Somebody else has written this actor's state: what it holds in memory is worth nothing. The next activation reads it anew.
        if (exception is InconsistentStateException { IsSourceActivation: true } conflict)
        {
            conflict.IsSourceActivation = false;
            LogConflict(exception);
            Deactivate(new(DeactivationReasonCode.ApplicationError, exception, exception.Message));
        }
    }

    public void OnFinished(Call call)
    {
        lock (this)
        {
            _calls.Finish(call);
            if (call.KeepsAlive)
                _lastUsed = Environment.TickCount64;
        }

        call.OnRemoved();
        Schedule();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        Turn turn = new(d, state);
        lock (this)
            _turns.Add(turn);
        Schedule();
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nobody may wait for an actor's turn while blocking a thread.");

    public override SynchronizationContext CreateCopy() => this;

    public override string ToString() => Name;

    void IThreadPoolWorkItem.Execute()
    {
        SetSynchronizationContext(this);
        var clean = ExecutionContext.Capture();
        var more = true;
        for (var turns = 0; more && turns < TurnsInARow; turns++)
        {
            more = RunTurn();

            // What a turn left in async locals (a trace, a culture) is not the next caller's.
            if (clean is not null && ExecutionContext.Capture() != clean)
                ExecutionContext.Restore(clean);
        }

        SetSynchronizationContext(null);
        if (more)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Schedule()
    {
        lock (this)
        {
            if (_scheduled)
                return;
            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    private bool RunTurn()
    {
        Turn? turn;
        Call? call = null;
        var stage = Stage.Active;
        lock (this)
        {
            turn = _turns.TakeNext();
            if (turn is not null)
            {
                // Code that has begun goes on before other code begins.
            }
            else if (_stage == Stage.New)
            {
                stage = _stage = Stage.Activating;
            }
            else if (_stage == Stage.Ending && !_calls.IsRunning)
            {
                stage = _stage = Stage.Deactivating;
            }
            else if (_stage != Stage.Active || (call = _calls.TakeNext()) is null)
            {
                _scheduled = false;
                return false;
            }
        }

        if (turn is not null)
            Run(turn);
        else if (call is not null)
            Start(call);
        else if (stage == Stage.Activating)
            _ = ActivateAsync();
        else
            _ = DeactivateAsync();
        return true;
    }

    private void Run(Turn turn)
    {
        try
        {
            turn.Run();
        }
        catch (Exception exception)
        {
            // Only an async void method gets here: it must not take the process with it.
            LogStrayException(exception);
        }
    }

    private void Start(Call call)
    {
        call.Target = this;
        if (call.Run(_instance!))
            OnFinished(call);
    }

    private async Task ActivateAsync()
    {
        try
        {
            _instance = Kind.Construct(this, out var states);
            if (states.Length > 0 || Kind.HasOnActivate)
                await GrainLife.BeginAsync(this, _instance, states);
        }
        catch (Exception exception)
        {
            LogActivationFailed(exception);
            await DisposeAsync();
            EndWith(exception);
            return;
        }

        lock (this)
        {
            _lastUsed = Environment.TickCount64;
            _stage = _ending is { Requested: true } ? Stage.Ending : Stage.Active;
        }

        Engine.Sweeper.CollectWhenIdle(this);
        Schedule();
    }

    private async Task DeactivateAsync()
    {
        StopTimers();
        try
        {
            if (Kind.HasOnDeactivate)
                await GrainLife.EndAsync(this, _instance!, _ending!.Reason);
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(exception);
        }

        await DisposeAsync();
        EndWith(null);
    }

    /// <summary>The last step: calls that wait fail with the activation that failed, or go on to the next one in their order.</summary>
    private void EndWith(Exception? failure)
    {
        Activation? successor = null;
        Call? waiting;
        lock (this)
        {
            waiting = _calls.TakeWaiting();
            _stage = Stage.Gone;
            _instance = null;
            _scope = null;
            if (failure is null && Engine.IsStopping)
                failure = new SiloUnavailableException($"The engine is stopping, and {Name} is gone.");

            if (failure is null && CallQueue.ForSuccessor(waiting) is { IsEmpty: false } calls)
                successor = new(Kind, Key) { _calls = calls, _watched = true };

            // In the lock, so that no new call overtakes those that wait.
            if (successor is null)
                Kind.Remove(this);
            else
                Kind.Replace(this, successor);
        }

        if (successor is not null)
        {
            Engine.Sweeper.Watch(successor);
            successor.Schedule();
        }
        else
        {
            Call.FailAll(waiting, failure);
        }

        _ending?.Done.TrySetResult();
    }

    private async Task DisposeAsync()
    {
        StopTimers();
        try
        {
            await GrainLife.DisposeAsync(_instance, _scope);
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(exception);
        }
    }

    private void StopTimers()
    {
        // Each removes itself from the list.
        while (_timers is { Count: > 0 } timers)
            timers[^1].Dispose();
    }
}
