using System.Collections.Concurrent;

namespace GridActors.Simulator.Replay;

/// <summary>What the run has done so far. Many tasks write it while the progress display reads it.</summary>
sealed class ReplayFigures(int total, int finishedEarlier)
{
    const int SamplesKept = 10;
    int _finished;
    int _reported;
    int _closed;
    int _errors;

    public int Total => total;
    public int FinishedEarlier => finishedEarlier;
    public int Finished => finishedEarlier + Volatile.Read(ref _finished);
    public int Reported => Volatile.Read(ref _reported);
    public int Closed => Volatile.Read(ref _closed);
    public int Errors => Volatile.Read(ref _errors);
    public ConcurrentQueue<string> ErrorSamples { get; } = new();

    public void AddFinished() => Interlocked.Increment(ref _finished);

    public void AddReported() => Interlocked.Increment(ref _reported);

    public void AddClosed() => Interlocked.Increment(ref _closed);

    public void AddError(string request, string what)
    {
        if (Interlocked.Increment(ref _errors) <= SamplesKept)
            ErrorSamples.Enqueue($"{request}: {what}");
    }
}
