using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using GridActors.Harness;

// How late does a county's board hear of a change, with hundreds of screens on it?
var clients = Bench.Number("--clients", 500, "screens that watch the county's board");
var rate = Bench.Number("--rate", 200, "changes a second");
var seconds = Bench.Number("--seconds", 30, "how long is measured");
var warmUp = Bench.Number("--warm-up", 10, "seconds of the same load before");
var touched = Bench.Number("--grids", 820, "grids in which something happens");
var command = new RootCommand("From a change to the screens: many browsers on the county's board while the county is at work.") { clients, rate, seconds, warmUp, touched };
return await Bench.Run(args, command, async (parsed, workplace, cancellationToken) =>
{
    // They see everything and are offered nothing: what they get is the board.
    const string Watcher = "ll-lead-city";
    var (count, perSecond, length) = (parsed.GetValue(clients), parsed.GetValue(rate), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
    var county = County.Liling();
    var grids = county.Leaves.Take(parsed.GetValue(touched)).ToList();
    // More happens in the one grid that is watched, so that there is something to measure.
    List<Leaf> leaves = [.. grids, .. Enumerable.Repeat(grids[0], Math.Max(1, grids.Count / 20))];
    var service = await workplace.Start("liling", cancellationToken);
    var token = await service.Api.Token(Watcher, service.Password, cancellationToken);
    var traffic = new Traffic(service, leaves, await Traffic.Categories(service, Watcher, cancellationToken));
    await traffic.WarmUp(16, cancellationToken);

    Bench.Say($"{count} screens on the board of {county.Root}, one on a grid; {perSecond} changes/s in {grids.Count} grids");
    var (board, grid) = (new BoardWatch(), new BoardWatch());
    using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    var lines = new List<HubLine>();
    var listening = new List<Task>();
    async Task Watch(string area, BoardWatch watch)
    {
        var line = await HubLine.Open(service.Port, token, cancellationToken);
        await line.WatchArea(area, cancellationToken);
        lines.Add(line);
        listening.Add(Task.Run(() => line.Listen(watch.Read, watching.Token), CancellationToken.None));
    }
    try
    {
        for (var i = 0; i < count; i++) await Watch(county.Root, board);
        await Watch(grids[0].Area, grid);
        await Pace.Run(perSecond, TimeSpan.FromSeconds(parsed.GetValue(warmUp)), 64, traffic.Act, cancellationToken);

        board.IsOn = grid.IsOn = true;
        var (before, own, watch) = (service.TimeUsed(), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var (writes, errors, made) = await Pace.Run(perSecond, length, 64, traffic.Act, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        board.IsOn = grid.IsOn = false;
        var (used, ownUsed, elapsed) = (service.TimeUsed() - before, Environment.CpuUsage.TotalTime - own, watch.Elapsed.TotalSeconds);
        if (listening.FirstOrDefault(l => l.IsFaulted) is { } broken) throw new BenchException("A live connection broke.", broken.Exception);

        // A frame lists 20 changes at most: of a burst, or after a pause, the oldest are in the figures of the board alone.
        var listed = board.Changes.Count / (double)count / writes.Count;
        Bench.Say($"  change → county's board   {board.Changes}, {listed:P0} of the changes listed");
        Bench.Say($"  change → one grid's board {grid.Changes}");
        Bench.Say($"  frame → screen            {board.Delivery}");
        Bench.Say($"  writes                    {writes}, {errors} refused {traffic.Refusals}");
        Bench.Say($"  {board.Frames / elapsed:N0} frames/s, {board.Bytes / elapsed / 1e6:N1} MB/s; service {used.Service / elapsed:P0} of a core, database {used.Database / elapsed:P0}, screens {ownUsed.TotalSeconds / elapsed:P0}");
        return new JsonObject
        {
            ["bench"] = "push",
            ["clients"] = count,
            ["changesPerSecond"] = Bench.Round(made, 1),
            ["seconds"] = Bench.Round(elapsed, 1),
            ["countyMs"] = board.Changes.Json(),
            ["listedShare"] = Bench.Round(listed),
            ["gridMs"] = grid.Changes.Json(),
            ["deliveryMs"] = board.Delivery.Json(),
            ["writeMs"] = writes.Json(),
            ["errors"] = errors,
            ["framesPerSecond"] = Bench.Round(board.Frames / elapsed, 0),
            ["bytesPerSecond"] = Bench.Round(board.Bytes / elapsed, 0),
            ["serviceCores"] = Bench.Round(used.Service / elapsed),
            ["databaseCores"] = Bench.Round(used.Database / elapsed),
            ["screensCores"] = Bench.Round(ownUsed.TotalSeconds / elapsed),
            ["serviceMegabytes"] = service.Memory() / 1_000_000,
        };
    }
    finally
    {
        await watching.CancelAsync();
        await Task.WhenAll(listening.Select(l => l.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
        lines.ForEach(l => l.Dispose());
    }
});
