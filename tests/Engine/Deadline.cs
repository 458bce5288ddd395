namespace GridActors.Engine.Tests;

/// <summary>How long a test waits for a fact before it says that it doesn't come.</summary>
internal static class Deadline
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(40);

    internal static Task InTime(this Task fact) => fact.WaitAsync(s_patience);

    internal static Task<T> InTime<T>(this Task<T> fact) => fact.WaitAsync(s_patience);
}
