using GridActors.Contracts.WorkerDays;

namespace GridActors.Domain.WorkerDays;

/// <param name="At">When it happened, by the corrected clock.</param>
/// <param name="Until">When a visit ended; null for other records, and for a visit that says nothing of it.</param>
public readonly record struct DutyRecord(FieldRecordKind Kind, DateTimeOffset At, int Sequence, DateTimeOffset? Until = null);

/// <param name="Since">When the state began; null for <see cref="DutyState.Off"/> without any record.</param>
public readonly record struct Duty(DutyState State, DateTimeOffset? Since);

/// <summary>What a worker is doing, by their records. <c>DutyCountQueries</c> says the same with SQL.</summary>
public static class DutyStates
{
    /// <summary>A visit without an end is over after this.</summary>
    static readonly TimeSpan LongestVisit = TimeSpan.FromHours(1);

    /// <param name="records">Of one day, in any order.</param>
    /// <param name="isOpen">The day isn't closed. In a closed day nobody is on duty.</param>
    public static Duty At(IEnumerable<DutyRecord> records, DateTimeOffset now, bool isOpen)
    {
        var (isOn, isPaused, patrol) = (false, false, false);
        DateTimeOffset? since = null;
        DutyRecord? visit = null;
        foreach (var record in InOrder(records))
        {
            var before = (isOn, isPaused, patrol);
            (isOn, isPaused, patrol) = Next(record.Kind, isOn, isPaused, patrol);
            if (before != (isOn, isPaused, patrol))
                since = record.At;
            if (record.Kind == FieldRecordKind.Visit)
                visit = record;
        }
        if (!isOn || !isOpen)
            return new(DutyState.Off, since);
        if (isPaused)
            return new(DutyState.Paused, since);
        if (visit is { } v && v.At <= now && (v.Until ?? v.At + LongestVisit) > now)
            return new(DutyState.Visit, v.At);
        return new(patrol ? DutyState.Patrol : DutyState.OnDuty, since);
    }

    /// <summary>From when until when somebody was on duty; the last one may have no end yet.</summary>
    public static IReadOnlyList<(DateTimeOffset From, DateTimeOffset? To)> Intervals(IEnumerable<DutyRecord> records)
    {
        var intervals = new List<(DateTimeOffset, DateTimeOffset?)>();
        var (isOn, isPaused, patrol) = (false, false, false);
        DateTimeOffset? from = null;
        foreach (var record in InOrder(records))
        {
            (isOn, isPaused, patrol) = Next(record.Kind, isOn, isPaused, patrol);
            var isWorking = isOn && !isPaused;
            if (isWorking && from is null)
                from = record.At;
            else if (!isWorking && from is { } began)
            {
                intervals.Add((began, record.At));
                from = null;
            }
        }
        if (from is { } open)
            intervals.Add((open, null));
        return intervals;
    }

    /// <summary>The longest time on duty, pauses left out, in which no record was made. A visit lasts until it ends.</summary>
    /// <param name="now">Counts until then for whoever is still on duty; null for a closed day, which counts until its last record.</param>
    /// <returns>Null when nobody was on duty.</returns>
    public static TimeSpan? LongestSilence(IEnumerable<DutyRecord> records, DateTimeOffset? now)
    {
        var (isOn, isPaused, patrol) = (false, false, false);
        TimeSpan? longest = null;
        DateTimeOffset? last = null;
        foreach (var record in InOrder(records))
        {
            Hear(record.At);
            (isOn, isPaused, patrol) = Next(record.Kind, isOn, isPaused, patrol);
            if (!isOn || isPaused)
                last = null;
            else if (last is null || (record.Until ?? record.At) > last)
                last = record.Until ?? record.At;
        }
        if (now is { } end)
            Hear(end);
        return longest;

        void Hear(DateTimeOffset at)
        {
            if (last is not { } before)
                return;
            var silence = at > before ? at - before : TimeSpan.Zero;
            longest = longest > silence ? longest : silence;
        }
    }

    /// <summary>A patrol begins duty, too: whoever walks isn't off because they forgot to sign in.</summary>
    static (bool IsOn, bool IsPaused, bool Patrol) Next(FieldRecordKind kind, bool isOn, bool isPaused, bool patrol) =>
        kind switch
        {
            FieldRecordKind.SignIn => (true, false, patrol),
            FieldRecordKind.SignOut => (false, false, false),
            FieldRecordKind.Pause => (isOn, isOn, patrol),
            FieldRecordKind.Resume => (isOn, false, patrol),
            FieldRecordKind.PatrolStart => (true, false, true),
            FieldRecordKind.PatrolEnd => (isOn, isPaused, false),
            _ => (isOn, isPaused, patrol),
        };

    static IEnumerable<DutyRecord> InOrder(IEnumerable<DutyRecord> records) => records.OrderBy(r => r.At).ThenBy(r => r.Sequence);
}
