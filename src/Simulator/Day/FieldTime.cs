namespace GridActors.Simulator.Day;

/// <summary>The clock of the workers' phones: the service's, also where that has set its time and lets it pass faster.</summary>
sealed class FieldTime(TimeProvider clock, DateTimeOffset? set, double pace)
{
    readonly long _began = clock.GetTimestamp();

    public DateTimeOffset Now => set is { } from ? from + clock.GetElapsedTime(_began) * pace : clock.GetUtcNow();
}
