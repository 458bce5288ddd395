using Orleans;
using Orleans.Runtime;

namespace GridActors.LocalEngine.Runtime;

/// <summary>
/// The calls for one observer reference: in order, one at a time, off the caller's turn, so a slow observer holds nobody but itself.
/// The object is held weakly, as in Orleans: a reference doesn't keep a forgotten observer alive.
/// </summary>
internal sealed class ObserverMailbox(Engine engine, IGrainObserver observer, string name) : IThreadPoolWorkItem, ICallTarget, IWatched
{
    private readonly WeakReference<IGrainObserver> _observer = new(observer);
    private readonly Lock _lock = new();
    private CallQueue _calls;
    private bool _deleted;
    private bool _scheduled;
    private bool _watched;

    public string Name => name;

    internal Engine Engine => engine;

    internal void Receive(Call call)
    {
        bool deleted;
        bool watch;
        lock (_lock)
        {
            deleted = _deleted;
            watch = !deleted && !_watched;
            if (!deleted)
            {
                _calls.Add(call);
                _watched = true;
            }
        }

        if (deleted)
        {
            call.Fail(Gone());
            return;
        }

        if (watch)
            engine.Sweeper.Watch(this);
        Schedule();
    }

    internal bool Delete()
    {
        Call? waiting;
        lock (_lock)
        {
            if (_deleted)
                return false;
            _deleted = true;
            waiting = _calls.TakeWaiting();
        }

        Call.FailAll(waiting, Gone());
        return true;
    }

    public void OnFault(Exception exception)
    {
        // An observer has no state of the engine's to lose.
    }

    public void OnFinished(Call call)
    {
        lock (_lock)
            _calls.Finish(call);
        Schedule();
    }

    public bool FailExpired(long now)
    {
        List<(Call Call, string State)>? expired = null;
        lock (_lock)
        {
            _calls.CollectExpired(now, ref expired);
            _watched = !_calls.IsEmpty;
        }

        engine.FailExpired(this, expired);
        return _watched;
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            Call? call;
            lock (_lock)
            {
                call = _calls.TakeNext();
                if (call is null)
                {
                    _scheduled = false;
                    return;
                }
            }

            call.Target = this;
            if (!_observer.TryGetTarget(out var target))
            {
                call.Fail(Gone());
                Finish(call);
            }
            else if (call.Run(target))
            {
                Finish(call);
            }
        }
    }

    private void Finish(Call call)
    {
        lock (_lock)
            _calls.Finish(call);
    }

    private void Schedule()
    {
        lock (_lock)
        {
            if (_scheduled)
                return;
            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private ClientNotAvailableException Gone() =>
        new($"The observer of {name} is gone: its reference was deleted, or nobody kept the object alive.");
}
