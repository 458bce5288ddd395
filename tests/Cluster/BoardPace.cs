using System.Diagnostics;
using Xunit.Abstractions;

namespace GridActors.Cluster.Tests;

/// <summary>How long a board on a screen stood still while something changed all the time.</summary>
sealed class BoardPace
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    readonly HubClient _screen;
    readonly int _before;
    readonly Task<TimeSpan> _machinePause;
    readonly List<(long At, string Name)> _steps = [];
    volatile bool _isStopped;

    public BoardPace(HubClient screen)
    {
        (_screen, _before) = (screen, screen.Pushes.Count);
        _machinePause = Task.Run(LongestMachinePause);
    }

    /// <summary>Says what the test does next, so that it can be told what made the board stand still.</summary>
    public void Next(string step) => _steps.Add((Stopwatch.GetTimestamp(), step));

    /// <summary>To be called while there is work: afterwards the board rightly stands still.</summary>
    public async Task<BoardPause> Stop()
    {
        var moments = _screen.Pushes.Skip(_before - 1).Where(p => p.Target == "AreaChanged").Select(p => p.ArrivedAt).ToList();
        _isStopped = true;
        var longest = TimeSpan.Zero;
        var began = 0L;
        foreach (var (from, to) in moments.Zip(moments.Skip(1)))
            if (Stopwatch.GetElapsedTime(from, to) is var took && took > longest)
                (longest, began) = (took, from);
        if (moments.Count < 2)
            longest = TimeSpan.MaxValue;
        var step = _steps
            .Where(s => s.At <= began)
            .Select(s => $", {ClusterLoad.Seconds(Stopwatch.GetElapsedTime(s.At, began))} after \"{s.Name}\"");
        return new(longest, step.LastOrDefault() ?? "", await _machinePause);
    }

    /// <summary>How long this process stood still, which has next to nothing to do: the machine was busy with something else.</summary>
    async Task<TimeSpan> LongestMachinePause()
    {
        var longest = TimeSpan.Zero;
        using var timer = new PeriodicTimer(Tick);
        for (var last = Stopwatch.GetTimestamp(); !_isStopped; last = Stopwatch.GetTimestamp())
        {
            await timer.WaitForNextTickAsync();
            var late = Stopwatch.GetElapsedTime(last) - Tick;
            longest = late > longest ? late : longest;
        }
        return longest;
    }
}

/// <param name="Board">How long the board stood still at most.</param>
/// <param name="Step">What the test did before.</param>
/// <param name="Machine">How long the machine itself did.</param>
readonly record struct BoardPause(TimeSpan Board, string Step, TimeSpan Machine)
{
    public void Print(ITestOutputHelper output) =>
        output.WriteLine(
            $"the board stood still for {ClusterLoad.Seconds(Board)} at most{Step}, the machine for {ClusterLoad.Seconds(Machine)}"
        );

    /// <summary>Checks that the board never stood still for longer than this, pauses of the machine not counted.</summary>
    public void IsBelow(TimeSpan limit) => TimeBound.Within(limit + Machine, Board, "A pause of the board");
}
