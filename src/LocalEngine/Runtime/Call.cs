namespace GridActors.LocalEngine.Runtime;

/// <summary>What a call is delivered to: an activation or an observer's mailbox.</summary>
internal interface ICallTarget
{
    string Name { get; }

    /// <summary>The called code failed; runs before the caller hears of it.</summary>
    void OnFault(Exception exception);

    /// <summary>The called code is done, whether or not anybody still waits for the answer.</summary>
    void OnFinished(Call call);
}

/// <summary>
/// One call on its way: it waits in a <see cref="CallQueue"/>, runs on its target, and answers its caller. The answer and the run
/// are apart: a caller that timed out or canceled has its answer while the called code may still run.
/// </summary>
internal abstract class Call
{
    // Links of the one list, waiting or running, that holds this call: no node is allocated for a queue.
    internal Call? Next;
    internal Call? Previous;
    internal ICallTarget? Target;
    internal long Deadline = long.MaxValue;

    internal abstract string MethodName { get; }

    internal abstract bool IsReadOnly { get; }

    internal abstract bool AlwaysInterleaves { get; }

    /// <summary>Whether this call counts as use for the idle collection.</summary>
    internal virtual bool KeepsAlive => true;

    /// <summary>Whether a call that waits goes on to the next activation when this one ends.</summary>
    internal virtual bool OutlivesActivation => true;

    internal abstract bool IsAnswered { get; }

    /// <summary>Runs the method up to its first real await.</summary>
    /// <returns>Whether it is done; if not, the target hears of the end by OnFinished.</returns>
    internal abstract bool Run(object instance);

    internal abstract void Fail(Exception exception);

    /// <summary>Fails the calls that hang on <paramref name="first"/>, taken out of a queue.</summary>
    internal static void FailAll(Call? first, Exception? exception)
    {
        while (exception is not null && first is { } call)
        {
            first = call.Next;
            call.Fail(exception);
        }
    }

    /// <summary>The call ran and its target has let go of it.</summary>
    internal virtual void OnRemoved()
    {
    }
}

/// <summary>A call of an interface method by way of a reference.</summary>
internal abstract class MethodCall(MethodEntry method, object?[] arguments) : Call
{
    private CancellationTokenRegistration _cancellation;

    internal override string MethodName => method.Name;

    internal override bool IsReadOnly => method.IsReadOnly;

    internal override bool AlwaysInterleaves => method.AlwaysInterleaves;

    /// <summary>What the caller gets back at once: a task or value task of the declared type.</summary>
    internal abstract object Answer { get; }

    protected object?[] Arguments => arguments;

    /// <summary>The caller stops waiting when it cancels; the called code has the same token and may stop too.</summary>
    internal void HonourCancellation()
    {
        if (method.TokenPosition >= 0 && arguments[method.TokenPosition] is CancellationToken { CanBeCanceled: true } token)
        {
            _cancellation = token.UnsafeRegister(
                static (state, token) => ((MethodCall)state!).Fail(new OperationCanceledException(token)), this);
            if (IsAnswered)
                _cancellation.Unregister();
        }
    }

    internal sealed override bool Run(object instance)
    {
        try
        {
            if (Begin(instance))
                return false;
        }
        catch (Exception exception)
        {
            Fault(exception);
            return true;
        }

        Settle();
        return true;
    }

    internal sealed override void Fail(Exception exception)
    {
        if (TryFail(exception))
            Answered();
    }

    /// <summary>Calls the method.</summary>
    /// <returns>Whether it is under way, and <see cref="OnCompleted"/> runs when it ends.</returns>
    protected abstract bool Begin(object instance);

    /// <summary>Answers with what the method gave; throws what it threw.</summary>
    /// <returns>False when the caller has an answer already.</returns>
    protected abstract bool TrySettle();

    protected abstract bool TryFail(Exception exception);

    protected void OnCompleted()
    {
        Settle();
        Target!.OnFinished(this);
    }

    private void Settle()
    {
        try
        {
            if (TrySettle())
                Answered();
        }
        catch (Exception exception)
        {
            Fault(exception);
        }
    }

    private void Answered()
    {
        // Unregister and not Dispose: it doesn't wait for a callback that runs, which may be what answers.
        _cancellation.Unregister();
    }

    private void Fault(Exception exception)
    {
        Target!.OnFault(exception);
        Fail(exception);
    }
}

internal sealed class ResultCall<TResult>(MethodEntry<TResult> method, object?[] arguments) : MethodCall(method, arguments)
{
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ValueTask<TResult> _pending; // Kept because the answer may come later; its result is taken once.

    internal override object Answer => method.ReturnsValueTask ? new ValueTask<TResult>(_answer.Task) : _answer.Task;

    internal override bool IsAnswered => _answer.Task.IsCompleted;

    protected override bool Begin(object instance)
    {
#pragma warning disable CA2012 // See above.
        _pending = method.Invoke(instance, Arguments);
#pragma warning restore CA2012
        var awaiter = _pending.GetAwaiter();
        if (awaiter.IsCompleted)
            return false;
        awaiter.UnsafeOnCompleted(OnCompleted);
        return true;
    }

    protected override bool TrySettle() => _answer.TrySetResult(_pending.GetAwaiter().GetResult());

    protected override bool TryFail(Exception exception) => _answer.TrySetException(exception);
}

internal sealed class VoidCall(VoidMethodEntry method, object?[] arguments) : MethodCall(method, arguments)
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ValueTask _pending; // Kept because the answer may come later; its result is taken once.

    internal override object Answer => method.ReturnsValueTask ? new ValueTask(_answer.Task) : _answer.Task;

    internal override bool IsAnswered => _answer.Task.IsCompleted;

    protected override bool Begin(object instance)
    {
#pragma warning disable CA2012 // See above.
        _pending = method.Invoke(instance, Arguments);
#pragma warning restore CA2012
        var awaiter = _pending.GetAwaiter();
        if (awaiter.IsCompleted)
            return false;
        awaiter.UnsafeOnCompleted(OnCompleted);
        return true;
    }

    protected override bool TrySettle()
    {
        _pending.GetAwaiter().GetResult();
        return _answer.TrySetResult();
    }

    protected override bool TryFail(Exception exception) => _answer.TrySetException(exception);
}
