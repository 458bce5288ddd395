namespace GridActors.Simulator.Client;

/// <summary>
/// The service's answer: a value, or a refusal. Refusals are ordinary: when two people claim a case at once, one of them is refused.
/// </summary>
readonly record struct Answer<T>(T? Value, Problem? Problem)
    where T : class
{
    public bool Refused(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Problem? problem,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out T? value
    )
    {
        (value, problem) = (Value, Problem);
        return problem is not null;
    }

    /// <summary>The value; throws when the call was refused. For calls that the program can't continue without.</summary>
    public T Required(string what) => Value ?? throw new RefusedException($"{what}: {Problem}");
}

/// <summary>A call the program can't go on without was refused; the message is for the person at the terminal.</summary>
public sealed class RefusedException(string message) : Exception(message);

/// <summary>The service stayed away for longer than a call's budget.</summary>
public sealed class ServiceAwayException(string message, Exception? inner) : Exception(message, inner);
