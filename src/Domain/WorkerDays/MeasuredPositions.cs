using GridActors.Contracts.Cases;

namespace GridActors.Domain.WorkerDays;

/// <summary>Where a record of the same person was made, for comparison. Nobody typed it or tapped it on a map.</summary>
/// <param name="At">When it happened, by the corrected clock.</param>
/// <param name="Accuracy">In metres.</param>
public sealed record MeasuredPosition(Guid Record, DateTimeOffset At, Position Position, double Accuracy);

/// <summary>Measured positions of one person, by their times: each item of a long request is compared with all of them.</summary>
public sealed class MeasuredPositions(IEnumerable<MeasuredPosition> positions)
{
    readonly MeasuredPosition[] _byTime = [.. positions.OrderBy(p => p.At)];

    /// <summary>Those of other records at this time or before it, the latest first.</summary>
    public IEnumerable<MeasuredPosition> Before(DateTimeOffset at, Guid record)
    {
        for (var i = FirstAfter(at) - 1; i >= 0; i--)
            if (_byTime[i].Record != record)
                yield return _byTime[i];
    }

    /// <summary>Those of other records after this time, the earliest first.</summary>
    public IEnumerable<MeasuredPosition> After(DateTimeOffset at, Guid record)
    {
        for (var i = FirstAfter(at); i < _byTime.Length; i++)
            if (_byTime[i].Record != record)
                yield return _byTime[i];
    }

    int FirstAfter(DateTimeOffset at)
    {
        var (low, high) = (0, _byTime.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_byTime[middle].At <= at)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
