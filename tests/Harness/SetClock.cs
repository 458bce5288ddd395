namespace GridActors.Harness;

/// <summary>The machine's time plus an offset, so that a test needn't wait for a clock of a case.</summary>
public sealed class SetClock : TimeProvider
{
    long _ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public void SetTo(DateTimeOffset time) => Advance(time - GetUtcNow());

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
}
