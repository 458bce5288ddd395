namespace GridActors.Harness;

/// <summary>
/// Checks how long something takes. What else the machine does can only make it longer, so the shortest of a few runs counts. Everything
/// else that a run checks must hold each time.
/// </summary>
public static class TimeBound
{
    const int Runs = 3;

    /// <summary>Runs it once, and again when it took too long.</summary>
    /// <param name="print">Prints each time that was missed.</param>
    public static async Task Holds(Action<string> print, Func<Task> run)
    {
        for (var left = Runs - 1; ; left--)
        {
            try
            {
                await run();
                return;
            }
            catch (TookTooLongException e) when (left > 0)
            {
                print($"{e.Message} It is tried again.");
            }
        }
    }

    /// <exception cref="TookTooLongException">It took longer than that.</exception>
    public static void Within(TimeSpan limit, TimeSpan took, string what)
    {
        if (took > limit)
            throw new TookTooLongException($"{what} took {took.TotalSeconds:F2} s; allowed are {limit.TotalSeconds:F2} s.");
    }
}

/// <summary>Something took longer than it may, in a run on a machine that may have been busy.</summary>
public sealed class TookTooLongException(string message) : Exception(message);
