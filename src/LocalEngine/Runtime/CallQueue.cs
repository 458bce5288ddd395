using System.Globalization;

namespace GridActors.LocalEngine.Runtime;

/// <summary>
/// The calls of one target: those that wait, in the order they came, and those that run. A struct inside its owner, always
/// used under the owner's lock; an idle owner pays for the fields and nothing else.
/// </summary>
internal struct CallQueue
{
    private CallList _waiting;
    private CallList _running;
    private int _waitingReaders;
    private int _waitingInterleaved;
    private int _runningReaders;
    private int _runningWriters;

    internal readonly bool IsEmpty => _waiting.First is null && _running.First is null;

    internal readonly bool IsRunning => _running.First is not null;

    internal readonly bool HasWaiting => _waiting.First is not null;

    /// <summary>Of the calls that waited at an activation that ended, those that go on to the next one, in order.</summary>
    internal static CallQueue ForSuccessor(Call? waiting)
    {
        CallQueue queue = default;
        while (waiting is { } call)
        {
            waiting = call.Next;
            if (call.OutlivesActivation && !call.IsAnswered)
                queue.Add(call);
        }

        return queue;
    }

    internal void Add(Call call)
    {
        _waiting.Append(call);
        if (call.AlwaysInterleaves)
            _waitingInterleaved++;
        else if (call.IsReadOnly)
            _waitingReaders++;
    }

    /// <summary>The first call in order of arrival that may start now, given what runs.</summary>
    internal Call? TakeNext()
    {
        while (FirstAllowed() is { } call)
        {
            RemoveWaiting(call);

            // Its caller timed out or canceled while it waited: nobody wants it any more.
            if (call.IsAnswered)
                continue;

            _running.Append(call);
            if (!call.AlwaysInterleaves)
            {
                if (call.IsReadOnly)
                    _runningReaders++;
                else
                    _runningWriters++;
            }

            return call;
        }

        return null;
    }

    internal void Finish(Call call)
    {
        _running.Remove(call);
        if (!call.AlwaysInterleaves)
        {
            if (call.IsReadOnly)
                _runningReaders--;
            else
                _runningWriters--;
        }
    }

    /// <summary>Takes out all that waits, linked by Next, in order.</summary>
    internal Call? TakeWaiting()
    {
        var first = _waiting.First;
        _waiting = default;
        _waitingReaders = _waitingInterleaved = 0;
        return first;
    }

    /// <summary>Finds the calls whose caller has waited long enough; one that has not started will not start.</summary>
    internal void CollectExpired(long now, ref List<(Call Call, string State)>? expired)
    {
        var running = _running.First;
        for (var call = running; call is not null; call = call.Next)
        {
            if (call.Deadline <= now && !call.IsAnswered)
                (expired ??= []).Add((call, "It has started and may still finish"));
        }

        for (var call = _waiting.First; call is not null;)
        {
            var next = call.Next;
            if (call.Deadline <= now)
            {
                RemoveWaiting(call);
                var state = running is null
                    ? "It had not started: the actor was not active yet"
                    : string.Create(CultureInfo.InvariantCulture, $"It had not started: it waited behind {running.MethodName}");
                (expired ??= []).Add((call, state));
            }

            call = next;
        }
    }

    private readonly Call? FirstAllowed()
    {
        var first = _waiting.First;
        if (first is null || (_runningWriters == 0 && _runningReaders == 0))
            return first;

        // The counts spare a busy actor with a long queue the search when nothing in it may start.
        var readersMay = _runningWriters == 0;
        if (_waitingInterleaved == 0 && !(readersMay && _waitingReaders > 0))
            return null;

        var call = first;
        while (call is not null && !call.AlwaysInterleaves && !(readersMay && call.IsReadOnly))
            call = call.Next;
        return call;
    }

    private void RemoveWaiting(Call call)
    {
        _waiting.Remove(call);
        if (call.AlwaysInterleaves)
            _waitingInterleaved--;
        else if (call.IsReadOnly)
            _waitingReaders--;
    }

    private struct CallList
    {
        internal Call? First;
        private Call? _last;

        internal void Append(Call call)
        {
            call.Previous = _last;
            call.Next = null;
            if (_last is null)
                First = call;
            else
                _last.Next = call;
            _last = call;
        }

        internal void Remove(Call call)
        {
            if (call.Previous is null)
                First = call.Next;
            else
                call.Previous.Next = call.Next;
            if (call.Next is null)
                _last = call.Previous;
            else
                call.Next.Previous = call.Previous;
            call.Previous = call.Next = null;
        }
    }
}
