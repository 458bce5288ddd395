using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using GridActors.Harness;
using GridActors.Push;

// How long does a change take to reach hundreds of screens that show a county's board?
var clients = Bench.Number("--clients", 500, "screens that watch the county's board");
var rate = Bench.Number("--rate", 200, "changes a second");
var seconds = Bench.Number("--seconds", 30, "how long is measured");
var warmUp = Bench.Number("--warm-up", 10, "seconds of the same load before");
var touched = Bench.Number("--grids", 820, "grids in which something happens");
var command = new RootCommand("From a change to the screens: many browsers on the county's board while the county is at work.")
{
    clients,
    rate,
    seconds,
    warmUp,
    touched,
};
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        // These people may see everything and are offered no case, so they get nothing but the board.
        const string Watcher = "ll-lead-city";
        var (count, perSecond, length) = (parsed.GetValue(clients), parsed.GetValue(rate), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
        var county = County.Liling();
        var grids = county.Leaves.Take(parsed.GetValue(touched)).ToList();
        // The watched grid gets more of the changes, so that there are enough to measure.
        List<Leaf> leaves = [.. grids, .. Enumerable.Repeat(grids[0], Math.Max(1, grids.Count / 20))];
        var service = await workplace.Start("liling", cancellationToken);
        var token = await service.Api.Token(Watcher, service.Password, cancellationToken);
        var traffic = new Traffic(service, leaves, await Traffic.Categories(service, Watcher, cancellationToken));
        await traffic.WarmUp(16, cancellationToken);

        Bench.Print($"{count} screens on the board of {county.Root}, one on a grid; {perSecond} changes/s in {grids.Count} grids");
        var (board, grid) = (new BoardWatch(), new BoardWatch());
        var screens = Enumerable.Range(0, count).Select(_ => new Screen(board)).ToList();
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = new List<HubLine>();
        var listening = new List<Task>();
        async Task Watch(string area, HubLine.MessageHandler read)
        {
            var line = await HubLine.Open(service.Port, token, cancellationToken);
            await line.WatchArea(area, cancellationToken);
            lines.Add(line);
            listening.Add(Task.Run(() => line.Listen(read, watching.Token), CancellationToken.None));
        }
        try
        {
            foreach (var screen in screens)
                await Watch(county.Root, screen.Read);
            await Watch(grids[0].Area, grid.Read);
            await Pace.Run(perSecond, TimeSpan.FromSeconds(parsed.GetValue(warmUp)), 64, traffic.Act, cancellationToken);

            var changes = new SentChanges((int)(perSecond * length.TotalSeconds), await Settled(service, county, token, cancellationToken));
            screens.ForEach(s => s.Changes = changes);
            board.IsOn = grid.IsOn = true;
            var (before, own, watch) = (service.TimeUsed(), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            var (writes, errors, made) = await Pace.Run(perSecond, length, 64, Act, cancellationToken);
            for (
                var waited = Stopwatch.StartNew();
                changes.Ages.Count < writes.Count * count && waited.Elapsed < TimeSpan.FromSeconds(10);

            )
                await Task.Delay(50, cancellationToken);
            board.IsOn = grid.IsOn = false;
            var (used, ownUsed, elapsed) = (service.TimeUsed() - before, Environment.CpuUsage.TotalTime - own, watch.Elapsed.TotalSeconds);
            if (listening.FirstOrDefault(l => l.IsFaulted) is { } broken)
                throw new BenchException("A live connection broke.", broken.Exception);

            if (errors == 0 && changes.Ages.Count != writes.Count * count)
                throw new BenchException(
                    $"{writes.Count * count - changes.Ages.Count:N0} of {writes.Count * count:N0} changes didn't reach their screen."
                );
            Bench.Print($"  change → county's board   {changes.Ages}");
            Bench.Print($"  change → one grid's board {grid.Changes}");
            Bench.Print($"  frame → screen            {board.Delivery}");
            Bench.Print($"  writes                    {writes}, {errors} refused {traffic.Refusals}");
            Bench.Print(
                $"  {board.Frames / elapsed:N0} frames/s, {board.Bytes / elapsed / 1e6:N1} MB/s; "
                    + $"service {used.Service / elapsed:P0} of a core, database {used.Database / elapsed:P0}, "
                    + $"screens {ownUsed.TotalSeconds / elapsed:P0}"
            );
            return new JsonObject
            {
                ["bench"] = "push",
                ["clients"] = count,
                ["changesPerSecond"] = Bench.Round(made, 1),
                ["seconds"] = Bench.Round(elapsed, 1),
                ["countyMs"] = changes.Ages.Json(),
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

            Task<bool> Act(int number, CancellationToken ct)
            {
                changes.Sent(number);
                return traffic.Act(number, ct);
            }
        }
        finally
        {
            await watching.CancelAsync();
            await Task.WhenAll(
                listening.Select(l => l.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default))
            );
            lines.ForEach(l => l.Dispose());
        }
    }
);

// Waits until the board shows every acknowledged change and doesn't change any more.
static async Task<long> Settled(MeasuredService service, County county, string token, CancellationToken cancellationToken)
{
    for (long before = -1; ; )
    {
        var board = await service.Api.Get($"/api/areas/{county.Root}/board", token, cancellationToken);
        var steps = SentChanges.Steps(System.Text.Encoding.UTF8.GetBytes(board.ToJsonString()));
        if (steps == before)
            return steps;
        before = steps;
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
    }
}
