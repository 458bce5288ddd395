namespace GridActors.LocalEngine.Runtime;

/// <summary>A continuation of an actor's code that is ready to run.</summary>
internal sealed class Turn(SendOrPostCallback callback, object? state)
{
    internal Turn? Next;

    internal void Run() => callback(state);
}

/// <summary>The ready continuations of one actor in order, a struct under its lock.</summary>
internal struct TurnQueue
{
    private Turn? _first;
    private Turn? _last;

    internal void Add(Turn turn)
    {
        if (_last is null)
            _first = turn;
        else
            _last.Next = turn;
        _last = turn;
    }

    internal Turn? TakeNext()
    {
        var turn = _first;
        _first = turn?.Next;
        if (_first is null)
            _last = null;
        return turn;
    }
}
