using System.Security.Cryptography;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Replay;

/// <summary>Plays a file of service requests into one pack of a running service.</summary>
internal sealed class Replayer(ReplayOptions options, TimeProvider clock, RetryRules? retries = null)
{
    /// <param name="watch">Runs beside the replay and shows it; it ends when its token does.</param>
    public async Task<ReplaySummary> RunAsync(Func<ReplayFigures, CallTimings, CancellationToken, Task> watch, CancellationToken ct)
    {
        using var client = new ServiceClient(options.Url, options.Concurrency, retries, clock);
        var rows = Rows();
        var reporter = await FindReporterAsync(client, ct);
        var catalogue = (await reporter.CatalogueAsync(ct)).Required("GET /api/catalogue");
        var categories = new CategoryChoice(CategoryMap.Read(CategoriesPath()), catalogue);
        var grids = await GridsAsync(reporter, ct);

        using var state = await OpenStateAsync(reporter, ct);
        using var people = new People(client, reporter, options.Password, ct);
        var pending = rows.Where(r => !state.IsDone(r.Row.Id)).ToList();
        var figures = new ReplayFigures(rows.Count, rows.Count - pending.Count);
        var replay = new CaseReplay(reporter, people, categories, grids, state, figures, options.Officials);

        var callsBefore = client.Timings.Calls;
        var began = clock.GetTimestamp();
        var interruption = await WatchedAsync(
            token => options.Speed is { } speed
                ? PacedAsync(replay, pending, Pace.Divided(Start(pending, state), speed, clock), token)
                : FlatOutAsync(replay, pending, token),
            token => watch(figures, client.Timings, token),
            ct);
        var took = clock.GetElapsedTime(began);
        var calls = client.Timings.Calls - callsBefore;

        var check = interruption is null
            ? await BoardCheck.AwaitAsync(reporter, Expected(rows), state.Header.Baseline, options.Settle, clock, ct)
            : null;
        return new ReplaySummary(options, reporter.Me.Pack.Id, figures, took, calls, client.Timings, categories, check, interruption);
    }

    /// <summary>What a board shows when every row is where the file leaves it.</summary>
    internal static Baseline Expected(IReadOnlyCollection<TimedRow> rows)
    {
        var closed = rows.Count(r => r.Closed is not null);
        return new Baseline(rows.Count, closed, rows.Count - closed);
    }

    List<TimedRow> Rows()
    {
        var rows = RequestFile.Read(options.File);
        return [.. CityClock.Boston.Time(options.Limit is { } limit ? rows.Take(limit) : rows)];
    }

    string CategoriesPath() =>
        options.Categories ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(options.File))!, "boston_categories.csv");

    async Task<Session> FindReporterAsync(ServiceClient client, CancellationToken ct)
    {
        if (options.Account is null)
        {
            var offered = await StartingPeople.FromDemoAsync(client, options.Pack is { } pack ? [pack] : [], options.Password, ct);
            return offered.Count == 1 ? offered[0] : offered.Find(s => s.Me.Pack.Id == "liling")
                ?? throw new RefusedException($"several packs are served ({string.Join(", ", offered.Select(s => s.Me.Pack.Id))}): name one with --pack");
        }
        var session = await StartingPeople.SignInAsync(client, options.Account, options.Password, ct);
        if (!session.Me.MayAtHome("report") || !await StartingPeople.IsAtTheTopAsync(session, ct))
            throw new RefusedException($"{options.Account} may not report at the top of the pack {session.Me.Pack.Id}");
        return session;
    }

    static async Task<List<string>> GridsAsync(Session session, CancellationToken ct)
    {
        var leaves = new List<string>();
        var open = new Queue<string>([session.Home]);
        while (open.TryDequeue(out var code))
        {
            var children = await session.ChildrenAsync(code, ct);
            if (children.Count == 0)
                leaves.Add(code);
            foreach (var child in children)
            {
                if (child.Children > 0)
                    open.Enqueue(child.Code);
                else
                    leaves.Add(child.Code);
            }
        }
        // The order decides where a request goes, and mustn't depend on how the service lists areas.
        leaves.Sort(StringComparer.Ordinal);
        return leaves;
    }

    async Task<ReplayState> OpenStateAsync(Session reporter, CancellationToken ct)
    {
        var before = await BoardCheck.ReadAsync(reporter, ct);
        await using var file = File.OpenRead(options.File);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
        var binding = new ReplayBinding(reporter.Me.Pack.Id, reporter.Home, reporter.Me.Id, digest);
        if (options.State is null)
            return ReplayState.Forgetful(binding, before);
        var state = ReplayState.Open(options.State, binding, before);
        try
        {
            // Two services may serve the same pack; only one of them has these cases.
            foreach (var witness in state.Cases.Values.Take(1).Concat(state.Cases.Values.TakeLast(1)))
            {
                if ((await reporter.CaseAsync(witness, ct)).Problem is { Code: ProblemCode.NotFound })
                    throw new StateMismatchException(options.State, $"the service at {options.Url} doesn't have its case {witness}");
            }
        }
        catch
        {
            state.Dispose();
            throw;
        }
        return state;
    }

    /// <summary>A resumed run goes on where the reports had come to; what should have happened before happens at once.</summary>
    static DateTimeOffset Start(List<TimedRow> pending, ReplayState state)
    {
        var fresh = pending.Find(r => state.CaseOf(r.Row.Id) is null);
        return fresh?.Opened ?? pending.LastOrDefault()?.Opened ?? default;
    }

    /// <summary>Rows are begun in the order of opening, and every row's steps are taken one after the other by one task.</summary>
    Task FlatOutAsync(CaseReplay replay, List<TimedRow> pending, CancellationToken ct) =>
        Parallel.ForEachAsync(
            pending,
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = ct },
            async (row, token) => await replay.RunAsync(row, Pace.Max, token));

    /// <summary>A request may stay open for years of file time: each has a task of its own that mostly waits; the client bounds what runs at once.</summary>
    static async Task PacedAsync(CaseReplay replay, List<TimedRow> pending, Pace pace, CancellationToken ct)
    {
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = new List<Task>(pending.Count);
        try
        {
            foreach (var row in pending)
            {
                await pace.UntilAsync(row.Opened, failing.Token);
                running.Add(RunAsync(row));
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // One of the running failed; it says so itself below.
        }
        await Task.WhenAll(running);

        async Task RunAsync(TimedRow row)
        {
            try
            {
                await replay.RunAsync(row, pace, failing.Token);
            }
            catch (ServiceAwayException)
            {
                await failing.CancelAsync();
                throw;
            }
        }
    }

    /// <summary>Null when the replay came to its end, otherwise what stopped it.</summary>
    static async Task<string?> WatchedAsync(Func<CancellationToken, Task> replay, Func<CancellationToken, Task> watch, CancellationToken ct)
    {
        using var watching = new CancellationTokenSource();
        var watcher = watch(watching.Token);
        try
        {
            await replay(ct);
            return null;
        }
        catch (ServiceAwayException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return "stopped";
        }
        finally
        {
            await watching.CancelAsync();
            await watcher;
        }
    }
}
