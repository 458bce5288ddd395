using System.Collections.Concurrent;

namespace GridActors.Simulator.Day;

/// <summary>
/// What happened so far in one pack. <see cref="RacesLost"/> are the officials who claimed a case at the same time as the one who got it.
/// </summary>
public sealed record DayFigures(
    string Pack,
    TimeOnly Time,
    IReadOnlyDictionary<string, int> Steps,
    int Races,
    int RacesWon,
    int RacesLost,
    int Refused,
    int Failed
)
{
    public int Of(string step) => Steps.GetValueOrDefault(step);

    public override string ToString() =>
        $"{Pack} {Time:HH:mm}  reported {Of("report")}  claimed {Of("claim")}  "
        + $"races {Races} ({RacesWon} won, {RacesLost} lost)  on site {Of("on-site")}  "
        + $"resolved {Of("resolve")}  explained {Of("explain")}  closed {Of("close")}  reopened {Of("reopen")}  "
        + $"signed in {Of("sign-in")}  checked in {Of("check-in")}  patrolled {Of("patrol-end")}  visited {Of("visit")}  "
        + $"released {Of("release")}  handed over {Of("handover")}  transferred {Of("transfer")}  refused {Refused}  failed {Failed}";
}

sealed class DayTally
{
    readonly ConcurrentDictionary<string, int> _steps = new(StringComparer.Ordinal);
    int _races;
    int _won;
    int _lost;
    int _refused;
    int _failed;

    public void Took(string step) => _steps.AddOrUpdate(step, 1, static (_, n) => n + 1);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Failed() => Interlocked.Increment(ref _failed);

    public void Raced(int won, int lost)
    {
        Interlocked.Increment(ref _races);
        Interlocked.Add(ref _won, won);
        Interlocked.Add(ref _lost, lost);
    }

    public DayFigures Figures(string pack, TimeOnly time) =>
        new(pack, time, new Dictionary<string, int>(_steps), _races, _won, _lost, _refused, _failed);
}
