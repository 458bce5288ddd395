using System.Diagnostics;
using GridActors.Contracts.Areas;
using GridActors.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Placement;
using Xunit.Abstractions;

namespace GridActors.Cluster.Tests;

/// <summary>What callers and screens of the other processes notice when a silo leaves: killed, hung, or stopped in order.</summary>
[Collection(Measured.Name)]
public sealed class ScreensAndCallersTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("web")]
    [InlineData("both")]
    public Task Killing_a_silo_fails_no_call_and_stops_no_board_for_five_seconds(string role) =>
        TimeBound.Holds(output.WriteLine, () => Kill(role));

    async Task Kill(string role)
    {
        await using var stand = await Stand.Create(role);
        var watch = Stopwatch.StartNew();

        await stand.Doomed.Kill();

        await stand.Cluster.HasSilos(role == "both" ? 2 : 1);
        output.WriteLine($"declared dead after {ClusterLoad.Seconds(watch.Elapsed)}");
        await stand.Settle(output, "killed");
        Assert.Empty(stand.Load.Failures);
        TimeBound.Within(TimeSpan.FromSeconds(6), stand.Load.Longest, "A call");
        stand.Pause.IsBelow(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("both")]
    public Task A_hung_silo_is_declared_dead_in_seven_seconds_and_fails_no_call(string role) =>
        TimeBound.Holds(output.WriteLine, () => Hang(role));

    async Task Hang(string role)
    {
        await using var stand = await Stand.Create(role);
        var watch = Stopwatch.StartNew();

        await stand.Doomed.Pause();

        await stand.Cluster.HasSilos(role == "both" ? 2 : 1);
        var declared = watch.Elapsed;
        output.WriteLine($"declared dead after {ClusterLoad.Seconds(declared)}");
        await stand.Settle(output, "hung");
        watch.Restart();
        await stand.Doomed.Resume();
        await stand.Doomed.Process.WaitForExitAsync().WithinDeadline();
        output.WriteLine($"ended itself {ClusterLoad.Seconds(watch.Elapsed)} after it went on");
        Assert.Empty(stand.Load.Failures);
        TimeBound.Within(TimeSpan.FromSeconds(3), watch.Elapsed, "The end of a silo that went on");
        TimeBound.Within(TimeSpan.FromSeconds(7), declared, "Declaring it dead");
        TimeBound.Within(TimeSpan.FromSeconds(6), stand.Load.Longest, "A call");
    }

    [Fact]
    public Task Stopping_a_silo_in_order_fails_no_call_and_stops_no_board_for_a_second() => TimeBound.Holds(output.WriteLine, StopInOrder);

    async Task StopInOrder()
    {
        await using var stand = await Stand.Create("web");

        await stand.Doomed.Stop();

        await stand.Settle(output, "stopped in order");
        Assert.Empty(stand.Load.Failures);
        stand.Pause.IsBelow(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public Task Areas_whose_parent_is_in_a_hung_silo_answer_at_once() => TimeBound.Holds(output.WriteLine, HangParents);

    async Task HangParents()
    {
        await using var cluster = await TestCluster.Create();
        var hung = await cluster.Start();
        var reader = await hung.As("dispatcher-1");
        // It is alone, so the areas above the grids are activated in it.
        var grids = TestPacks.Qinghe.Areas.Where(a => TestPacks.Qinghe.Areas.All(c => c.Parent != a.Code)).Select(a => a.Code).ToList();
        foreach (var parent in TestPacks.Qinghe.Areas.Select(a => a.Code).Except(grids))
            await reader.Board(parent);
        await using var healthy = await ServiceHost.Start(
            new()
            {
                ConnectionString = cluster.ConnectionString,
                Packs = [TestPacks.Qinghe],
                Url = "http://127.0.0.1:0",
                IsClustered = true,
                Overrides = [TestService.MasterKeySetting],
                SiloPort = 0,
                GatewayPort = 0,
                Configure = builder => builder.Logging.SetMinimumLevel(LogLevel.Critical),
            },
            CancellationToken.None
        );
        await cluster.HasSilos(2);
        var actors = healthy.Services.GetRequiredService<IGrainFactory>();
        var here = healthy.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        var children = new List<IAreaGrain>();
        // Where a grain is activated is chance otherwise, and weighs the load of the two processes.
        RequestContext.Set(IPlacementDirector.PlacementHintKey, here);
        foreach (var grid in grids)
        {
            var area = actors.GetGrain<IAreaGrain>(new AreaId($"{TestPacks.Qinghe.Id}/{grid}").Key);
            await area.Get();
            if (here.Equals(await actors.GetGrain<IManagementGrain>(0).GetActivationAddress(area)))
                children.Add(area);
        }
        RequestContext.Clear();
        Assert.NotEmpty(children);

        await hung.Pause();
        var longest = TimeSpan.Zero;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(4); )
        {
            foreach (var area in children)
            {
                var call = Stopwatch.StartNew();
                await area.Reconcile([]); // Makes it report to its parent.
                await area.Get();
                longest = call.Elapsed > longest ? call.Elapsed : longest;
            }
        }
        await hung.Resume();

        output.WriteLine($"{children.Count} areas; the longest answer took {ClusterLoad.Seconds(longest)}");
        TimeBound.Within(TimeSpan.FromSeconds(1), longest, "An answer");
    }

    /// <summary>
    /// Two silos and a process that is called. The board that is watched, and the areas below it, are in the silo that will leave.
    /// </summary>
    sealed class Stand : IAsyncDisposable
    {
        readonly CancellationTokenSource _stopping = new();
        HubClient _screen = null!;
        Task _work = Task.CompletedTask;
        BoardPace _pace = null!;

        public TestCluster Cluster { get; private init; } = null!;
        public ServiceProcess Doomed { get; private set; } = null!;
        public ServiceProcess Called { get; private set; } = null!;
        public ClusterLoad Load { get; private set; } = null!;

        /// <summary>How long the board stood still while there was work.</summary>
        public BoardPause Pause { get; private set; }

        /// <param name="role">Of the process that is called.</param>
        public static async Task<Stand> Create(string role)
        {
            var stand = new Stand { Cluster = await TestCluster.Create() };
            stand.Doomed = await stand.Cluster.Start("silo");
            stand.Called = await stand.Cluster.Start(role);
            var dispatcher = await stand.Called.As("dispatcher-1");
            stand.Load = new(dispatcher, await stand.Called.As("worker-1"), stand.Called);
            stand._screen = await stand.Called.Connect("dispatcher-1");
            await stand._screen.WatchArea("C");
            await stand.Cluster.Start("silo");
            await stand.Cluster.HasSilos(role == "both" ? 3 : 2);
            stand._work = stand.Load.Run(stand._stopping.Token);
            // Everything is compiled, and cases are in every silo.
            await stand.Load.Goes(500);
            stand.Load.RoundTime = ClusterLoad.UsualRound;
            stand._pace = new(stand._screen);
            return stand;
        }

        /// <summary>Waits until work goes on, ends it, and compares everything.</summary>
        public async Task Settle(ITestOutputHelper output, string what)
        {
            await Load.Goes(300);
            var seen = _screen.Pushes.Count;
            await _screen.Next("AreaChanged", _ => true, seen);
            Pause = await _pace.Stop();
            await _stopping.CancelAsync();
            await _work.WithinDeadline();
            Load.Print(output, what);
            Pause.Print(output);
            await Cluster.BoardsEqual(Called);
        }

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _screen.DisposeAsync();
            await Cluster.DisposeAsync();
            _stopping.Dispose();
        }
    }
}
