namespace GridActors.Storage.Time;

/// <summary>
/// The time by which cases live: when something was reported, when a clock runs out, which day a board counts. It is the machine's time,
/// unless a demonstration has set it, and then it may pass faster. Timers and what protects the service (sessions, passwords, codes, the
/// access journal, files) keep to the machine's time, so that nobody is signed out because a demonstration hurries.
/// </summary>
public sealed class ServiceTime(TimeProvider machine) : TimeProvider
{
    /// <param name="Since">The machine's timestamp at the moment <paramref name="From"/>; null while time stands still.</param>
    sealed record Course(DateTimeOffset From, long? Since, double Pace);

    /// <summary>At more a minute would pass between two looks at what is due.</summary>
    public const int MaxPace = 600;

    volatile Course? _course;

    public bool IsSet => _course is not null;

    /// <summary>How many times faster than the machine's time it passes.</summary>
    public double Pace => _course?.Pace ?? 1;

    /// <summary>How far it is ahead of the machine's time now; negative when it is behind.</summary>
    public TimeSpan Ahead => !IsSet && machine == System ? TimeSpan.Zero : GetUtcNow() - System.GetUtcNow();

    public override long TimestampFrequency => machine.TimestampFrequency;
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <summary>Sets the time, before anything has asked for it. It stands still until the service has started.</summary>
    public void Set(DateTimeOffset at, double pace) => _course = new(at.ToUniversalTime(), null, pace);

    /// <summary>Lets a time that was set pass from now on.</summary>
    public void Run() => _course = _course is { } set ? set with { Since = machine.GetTimestamp() } : null;

    public override DateTimeOffset GetUtcNow() =>
        _course switch
        {
            null => machine.GetUtcNow(),
            { Since: { } since } course => course.From + machine.GetElapsedTime(since) * course.Pace,
            { From: var from } => from,
        };

    /// <summary>
    /// The time for what is written down: in whole microseconds, which is PostgreSQL's precision, so that the state in memory equals the
    /// state that is read back.
    /// </summary>
    public DateTimeOffset GetUtcMicroseconds()
    {
        var now = GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);
}
