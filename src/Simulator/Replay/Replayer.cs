using System.Security.Cryptography;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Replay;

/// <summary>Plays a file of service requests into one pack of a running service.</summary>
sealed class Replayer(ReplayOptions options, TimeProvider clock, RetryRules? retries = null)
{
    /// <param name="watch">Shows the progress while the replay runs. Its token is cancelled at the end.</param>
    public async Task<ReplaySummary> Run(
        Func<ReplayFigures, CallTimings, CancellationToken, Task> watch,
        CancellationToken cancellationToken
    )
    {
        using var client = new ServiceClient(options.Url, options.Concurrency, retries, clock);
        // The files come first: what is wrong with them is told even when no service runs.
        var rows = Rows();
        var map = CategoryMap.Read(CategoriesPath());
        var reporter = await FindReporter(client, cancellationToken);
        var catalogue = (await reporter.Catalogue(cancellationToken)).Required("GET /api/catalogue");
        var categories = new CategoryChoice(map, catalogue);
        var grids = await Grids(reporter, cancellationToken);

        using var state = await OpenState(reporter, cancellationToken);
        using var people = new People(client, reporter, options.Password, cancellationToken);
        var pending = rows.Where(r => !state.IsDone(r.Row.Id)).ToList();
        var figures = new ReplayFigures(rows.Count, rows.Count - pending.Count);
        var replay = new CaseReplay(reporter, people, categories, grids, state, figures, state.Header.BeganAt, options.Officials);

        var callsBefore = client.Timings.Calls;
        var began = clock.GetTimestamp();
        var interruption = await Watched(
            token =>
                options.Speed is { } speed
                    ? Paced(replay, pending, Pace.Divided(Start(pending, state), speed, clock), token)
                    : FlatOut(replay, pending, token),
            token => watch(figures, client.Timings, token),
            cancellationToken
        );
        var took = clock.GetElapsedTime(began);
        var calls = client.Timings.Calls - callsBefore;

        var check = interruption is null
            ? await BoardCheck.Await(
                reporter,
                Expected(rows),
                state.Header.Baseline,
                state.Earlier,
                options.Settle,
                clock,
                cancellationToken
            )
            : null;
        return new ReplaySummary(options, reporter.Me.Pack.Id, figures, took, calls, client.Timings, categories, check, interruption);
    }

    /// <summary>What the board shows when every request is in its last state in the file.</summary>
    public static Baseline Expected(IReadOnlyCollection<TimedRow> rows)
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

    async Task<Session> FindReporter(ServiceClient client, CancellationToken cancellationToken)
    {
        if (options.Account is null)
        {
            var offered = await StartingPeople.FromDemo(
                client,
                options.Pack is { } pack ? [pack] : [],
                options.Password,
                cancellationToken
            );
            return offered.Count == 1
                ? offered[0]
                : offered.Find(s => s.Me.Pack.Id == "liling")
                    ?? throw new RefusedException(
                        $"several packs are served ({string.Join(", ", offered.Select(s => s.Me.Pack.Id))}): name one with --pack"
                    );
        }
        var session = await StartingPeople.SignIn(client, options.Account, options.Password, cancellationToken);
        if (!session.Me.MayAtHome("report") || !await StartingPeople.IsAtTheTop(session, cancellationToken))
            throw new RefusedException($"{options.Account} may not report at the top of the pack {session.Me.Pack.Id}");
        return session;
    }

    static async Task<List<string>> Grids(Session session, CancellationToken cancellationToken)
    {
        var leaves = new List<string>();
        var open = new Queue<string>([session.Home]);
        while (open.TryDequeue(out var code))
        {
            var children = await session.Children(code, cancellationToken);
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
        // The order decides in which grid a request is reported, so it must not depend on the order in which the service lists areas.
        leaves.Sort(StringComparer.Ordinal);
        return leaves;
    }

    async Task<ReplayState> OpenState(Session reporter, CancellationToken cancellationToken)
    {
        var (before, at) = await BoardCheck.Read(reporter, cancellationToken);
        await using var file = File.OpenRead(options.File);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        var binding = new ReplayBinding(reporter.Me.Pack.Id, reporter.Home, reporter.Me.Id, digest);
        if (options.State is null)
            return ReplayState.Forgetful(binding, before, at);
        var state = ReplayState.Open(options.State, binding, before, at);
        try
        {
            // Another service may serve the same pack, and doesn't have the cases of the state file.
            foreach (var witness in state.Cases.Values.Take(1).Concat(state.Cases.Values.TakeLast(1)))
            {
                if ((await reporter.Case(witness, cancellationToken)).Problem is { Code: ProblemCode.NotFound })
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

    /// <summary>
    /// A resumed run continues after the last report of the earlier run. Steps that were due before that are taken at once.
    /// </summary>
    static DateTimeOffset Start(List<TimedRow> pending, ReplayState state)
    {
        var fresh = pending.Find(r => state.CaseOf(r.Row.Id) is null);
        return fresh?.Opened ?? pending.LastOrDefault()?.Opened ?? default;
    }

    /// <summary>Rows are begun in the order of opening, and every row's steps are taken one after the other by one task.</summary>
    Task FlatOut(CaseReplay replay, List<TimedRow> pending, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            pending,
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
            async (row, token) => await replay.Run(row, Pace.Max, token)
        );

    /// <summary>
    /// A request can stay open for years of the file's time. So each has a task of its own, which mostly waits; the client limits how many
    /// calls run at once.
    /// </summary>
    static async Task Paced(CaseReplay replay, List<TimedRow> pending, Pace pace, CancellationToken cancellationToken)
    {
        using var failing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task>(pending.Count);
        try
        {
            foreach (var row in pending)
            {
                await pace.Until(row.Opened, failing.Token);
                running.Add(Run(row));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A task failed; its exception is thrown below.
        }
        await Task.WhenAll(running);

        async Task Run(TimedRow row)
        {
            try
            {
                await replay.Run(row, pace, failing.Token);
            }
            catch (ServiceAwayException)
            {
                await failing.CancelAsync();
                throw;
            }
        }
    }

    /// <summary>Null when the replay was completed, otherwise the failure that stopped it.</summary>
    static async Task<string?> Watched(
        Func<CancellationToken, Task> replay,
        Func<CancellationToken, Task> watch,
        CancellationToken cancellationToken
    )
    {
        using var watching = new CancellationTokenSource();
        var watcher = watch(watching.Token);
        try
        {
            await replay(cancellationToken);
            return null;
        }
        catch (ServiceAwayException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
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
