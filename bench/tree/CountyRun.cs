using GridActors.Harness;

namespace GridActors.Tree;

/// <summary>One round in one county: processor time a change, and how long writes and the county's board took.</summary>
sealed record RoundFigures(double ServiceUs, double DatabaseUs, Histogram Writes, Histogram Board, int Errors);

/// <summary>A county with its own service. It is idle while another county is measured.</summary>
sealed class CountyRun(County county, MeasuredService service, Traffic traffic, string token)
{
    public County County => county;

    public static async Task<CountyRun> Prepare(County county, MeasuredService service, CancellationToken cancellationToken)
    {
        var token = await service.Api.Token(TreePack.Director, service.Password, cancellationToken);
        var traffic = new Traffic(service, county.Leaves, await Traffic.Categories(service, TreePack.Director, cancellationToken));
        await traffic.WarmUp(16, cancellationToken);
        return new(county, service, traffic, token);
    }

    public async Task<RoundFigures> Measure(double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var line = await HubLine.Open(service.Port, token, cancellationToken);
        await line.WatchArea(county.Root, cancellationToken);
        var board = new BoardWatch { IsOn = true };
        var listening = Task.Run(() => line.Listen(board.Read, watching.Token), CancellationToken.None);

        var before = service.TimeUsed();
        var (writes, errors, _) = await Pace.Run(rate, duration, 64, traffic.Act, cancellationToken);
        // Waits until the work that the changes caused is done, because that is part of their cost.
        await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        var used = service.TimeUsed() - before;
        await watching.CancelAsync();
        await listening;
        if (writes.Count == 0)
            throw new BenchException($"No change was accepted: {traffic.Refusals}");
        return new(used.Service / writes.Count * 1e6, used.Database / writes.Count * 1e6, writes, board.Changes, errors);
    }
}
