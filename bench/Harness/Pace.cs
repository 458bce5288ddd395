using System.Diagnostics;
using System.Threading.Channels;

namespace GridActors.Harness;

/// <summary>
/// An open loop: every act starts when it is due, whether or not earlier ones were answered, and is timed from that moment. A thread of its
/// own starts the acts that have become due, once a millisecond.
/// </summary>
static class Pace
{
    /// <param name="connections">How many acts may be under way. The time an act waits for one of them counts.</param>
    /// <param name="act">Gets the number of the act; returns whether it succeeded.</param>
    public static async Task<(Histogram Times, int Errors, double PerSecond)> Run(
        double rate,
        TimeSpan duration,
        int connections,
        Func<int, CancellationToken, Task<bool>> act,
        CancellationToken cancellationToken
    )
    {
        var times = new Histogram();
        var errors = 0;
        var due = Channel.CreateUnbounded<(int Number, long At)>(new() { SingleWriter = true });
        var began = Stopwatch.GetTimestamp();
        var hands = Enumerable.Range(0, connections).Select(_ => Task.Run(Hand, cancellationToken)).ToArray();
        var clock = new Thread(Tick) { IsBackground = true, Name = "pace" };
        clock.Start();
        await Task.WhenAll(hands);
        return (times, errors, times.Count / Stopwatch.GetElapsedTime(began).TotalSeconds);

        void Tick()
        {
            var all = (int)(rate * duration.TotalSeconds);
            for (var number = 0; number < all && !cancellationToken.IsCancellationRequested; Thread.Sleep(1))
            {
                var now = Stopwatch.GetTimestamp();
                for (; number < all && At(number) <= now; number++)
                    due.Writer.TryWrite((number, At(number)));
            }
            due.Writer.Complete();
        }

        long At(int number) => began + (long)(number / rate * Stopwatch.Frequency);

        async Task Hand()
        {
            await foreach (var (number, at) in due.Reader.ReadAllAsync(cancellationToken))
            {
                if (await act(number, cancellationToken))
                    times.Add(Stopwatch.GetElapsedTime(at));
                else
                    Interlocked.Increment(ref errors);
            }
        }
    }
}
