using System.CommandLine;
using System.Diagnostics;
using GridActors.Claims;
using GridActors.Clocks;
using GridActors.Harness;
using Npgsql;

// How late do clocks fire when a hundred thousand fall due within a minute, and how soon are those fired that fell due while nothing ran?
var cases = Bench.Number("--cases", 100_000, "cases, each with a clock that falls due two minutes after its report");
var down = new Option<bool>("--down")
{
    Description = "stops the service until every clock is due, and measures how long it takes to catch up",
};
var command = new RootCommand("Clocks that fall due at the same time: are all fired, once, and how late?") { cases, down };
return await Bench.Run(
    args,
    command,
    async (parsed, workplace, cancellationToken) =>
    {
        var (all, isDown) = (parsed.GetValue(cases), parsed.GetValue(down));
        var service = await workplace.Start(DuePack.Make(workplace.Folder), cancellationToken);
        var reporting = Stopwatch.StartNew();
        await Preparation.Report(service, all, officials: 300, cancellationToken);
        var within = reporting.Elapsed;
        var lastDue = TimeSpan.FromMinutes(DuePack.MinutesToRespond) + TimeSpan.FromSeconds(2);
        var caughtUp = new Stopwatch();
        if (isDown)
        {
            await service.Stop();
            Bench.Print($"  stopped until all {all:N0} clocks are due");
            await Task.Delay(lastDue, cancellationToken);
            await service.Start(cancellationToken);
            caughtUp.Start();
        }
        else
        {
            Bench.Print($"  waiting until all {all:N0} clocks are due");
            await Task.Delay(lastDue, cancellationToken);
        }

        await using var connection = await service.Connect(cancellationToken);
        var deadline = Stopwatch.StartNew();
        while (await Waiting(connection, cancellationToken) is > 0 and var waiting)
        {
            if (deadline.Elapsed > TimeSpan.FromMinutes(3))
                throw new BenchException($"{waiting:N0} clocks weren't fired within three minutes after they were due.");
            await Task.Delay(100, cancellationToken);
        }
        caughtUp.Stop();
        var fired = await Fired.Read(connection, cancellationToken);
        if (fired.Events != all || fired.Cases != all)
            throw new BenchException($"{fired.Events:N0} clocks of {fired.Cases:N0} cases were fired, and {all:N0} were due.");
        Bench.Print(
            isDown
                ? $"  {all:N0} clocks fired {caughtUp.Elapsed.TotalSeconds:F1} s after the service was ready again, each once"
                : $"  {all:N0} clocks due within {within.TotalSeconds:F0} s, each fired once; late: p50 {fired.P50 * 1000:N0} "
                    + $"p99 {fired.P99 * 1000:N0} max {fired.Max * 1000:N0} ms"
        );
        return new()
        {
            ["bench"] = "clocks",
            ["cases"] = all,
            ["down"] = isDown,
            ["dueWithinSeconds"] = Bench.Round(within.TotalSeconds, 0),
            ["lateP50Ms"] = isDown ? null : Bench.Round(fired.P50 * 1000, 0),
            ["lateP99Ms"] = isDown ? null : Bench.Round(fired.P99 * 1000, 0),
            ["lateMaxMs"] = isDown ? null : Bench.Round(fired.Max * 1000, 0),
            ["caughtUpSeconds"] = isDown ? Bench.Round(caughtUp.Elapsed.TotalSeconds, 1) : null,
        };
    }
);

static async Task<long> Waiting(NpgsqlConnection connection, CancellationToken cancellationToken)
{
    await using var command = new NpgsqlCommand("select count(*) from clock_moment where clock = 1", connection);
    return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
}

/// <summary>What the journal says of the clocks that were fired; how late is in seconds.</summary>
sealed record Fired(long Events, long Cases, double P50, double P99, double Max)
{
    public static async Task<Fired> Read(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with late as (
                select stream, extract(epoch from at - (data->>'dueAt')::timestamptz)::float8 as seconds from journal
                where kind = 'case.clock-breached/1' and data->>'clock' = 'respond')
            select count(*), count(distinct stream), percentile_cont(0.5) within group (order by seconds),
                percentile_cont(0.99) within group (order by seconds), max(seconds) from late
            """,
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt64(0), reader.GetInt64(1), Value(2), Value(3), Value(4));

        double Value(int column) => reader.IsDBNull(column) ? 0 : reader.GetDouble(column);
    }
}
