namespace GridActors.Simulator.Tests;

static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Waits for a fact that something else signals.</summary>
    public static Task WithinDeadline(this Task fact) => fact.WaitAsync(Deadline);
}
