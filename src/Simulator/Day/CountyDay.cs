using System.Globalization;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Day;

/// <summary>
/// A county's day, played against a running service through its public API: grid workers report, officials race for the cases, work on them
/// and close them. It learns everything about the pack from the API. When it is cancelled, the task completes without an exception as soon
/// as all calls under way have ended.
/// </summary>
public sealed class CountyDay(TimeProvider? clock = null)
{
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    readonly TimeProvider _clock = clock ?? TimeProvider.System;
    readonly List<PackDay> _packs = [];

    /// <summary>Figures per pack, also while the day runs.</summary>
    public IReadOnlyList<DayFigures> Figures
    {
        get
        {
            lock (_packs)
                return [.. _packs.Select(p => p.Figures)];
        }
    }

    /// <exception cref="RefusedException">
    /// There is nobody to start with: the account or password is wrong, or the service is no demo.
    /// </exception>
    /// <exception cref="ServiceAwayException">
    /// The service couldn't be reached at the start. If it goes away later, the day waits for it.
    /// </exception>
    public async Task Run(SimulationOptions options, CancellationToken cancellationToken)
    {
        using var timeUp = new CancellationTokenSource(options.Duration ?? Timeout.InfiniteTimeSpan, _clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeUp.Token);
        using var client = new ServiceClient(options.Url, options.Concurrency, clock: _clock);
        try
        {
            var time = (await StartingPeople.Demo(client, ending.Token)).Time;
            // Where time passes faster, the day is the service's own.
            if (time is { Pace: > 1 })
                options = options with { Speed = time.Pace };
            var starts = await Starts(client, options, ending.Token);
            var days = new List<Task>();
            foreach (var start in starts)
            {
                var pack = await PackDay.Begin(client, start, options, time?.Now, _clock, ending.Token);
                lock (_packs)
                    _packs.Add(pack);
                days.Add(pack.Run(ending.Token));
            }
            if (options.Log is { } log)
                days.Add(LogProgress(log, ending.Token));
            await Task.WhenAll(days);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The day was stopped, or its time is up. That is its normal end.
        }
    }

    static async Task<List<Session>> Starts(ServiceClient client, SimulationOptions options, CancellationToken cancellationToken)
    {
        if (options.Accounts.Count == 0)
            return await StartingPeople.FromDemo(client, options.Packs, options.Password, cancellationToken);
        var sessions = new List<Session>();
        foreach (var account in options.Accounts)
            sessions.Add(await StartingPeople.SignIn(client, account, options.Password, cancellationToken));
        sessions = [.. sessions.DistinctBy(s => s.Me.Pack.Id).Where(s => options.Packs.Count == 0 || options.Packs.Contains(s.Me.Pack.Id))];
        return sessions.Count > 0 ? sessions : throw new RefusedException("none of the accounts belongs to a pack asked for");
    }

    async Task LogProgress(Action<string> log, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(BetweenLines, _clock, cancellationToken);
            foreach (var figures in Figures)
                log(figures.ToString());
        }
    }
}

/// <summary>The day of one pack: when the next report comes, and the cases under way.</summary>
sealed class PackDay
{
    readonly Place _place;
    readonly DayClock _day;
    readonly SimulationOptions _options;
    readonly DayTally _tally = new();

    // The idempotency keys of this run differ from those of another run with the same seed.
    readonly string _run = "sim-" + Guid.NewGuid().ToString("N")[..12];
    string? _lastComplaint;

    PackDay(Place place, DayClock day, SimulationOptions options) => (_place, _day, _options) = (place, day, options);

    public DayFigures Figures => _tally.Figures(_place.Id, _day.Now);

    public static async Task<PackDay> Begin(
        ServiceClient client,
        Session start,
        SimulationOptions options,
        DateTimeOffset? setTime,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var catalogue = (await start.Catalogue(cancellationToken)).Required("GET /api/catalogue");
        if (options.Password is null)
            options.Log?.Invoke($"{start.Me.Pack.Id}: no password, so only the people the demo offers can act");
        var people = new People(client, start, options.Password, cancellationToken);
        var began =
            options.Start
            ?? (
                setTime is null && options.Speed > 1 ? new TimeOnly(7, 30) : LocalTime(start.Me.Pack.TimeZone, setTime ?? clock.GetUtcNow())
            );
        var time = new FieldTime(clock, setTime, options.Speed);
        return new PackDay(new Place(start, people, catalogue, time), new DayClock(began, options.Speed, clock), options);
    }

    public async Task Run(CancellationToken cancellationToken)
    {
        using var people = _place.People;
        var arrivals = new Random(Seed(0));
        using var room = new SemaphoreSlim(_options.LiveCases);
        var lives = new HashSet<Task>();
        var workers = Workers(cancellationToken);
        try
        {
            for (var number = 1; ; number++)
            {
                await NextReport(arrivals, cancellationToken);
                await room.WaitAsync(cancellationToken);
                lives.RemoveWhere(static l => l.IsCompleted);
                lives.Add(Live(number, room, cancellationToken));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The cases under way are cancelled too, and end by themselves.
        }
        await Task.WhenAll(lives.Append(workers));
    }

    /// <summary>Finds workers in grids that are drawn, and plays their days beside each other.</summary>
    async Task Workers(CancellationToken cancellationToken)
    {
        var random = new Random(Seed(-1));
        var known = new HashSet<string>(StringComparer.Ordinal) { _place.Centre.Me.Id };
        var days = new List<Task>();
        // Some grids have nobody who can sign in, and some people work in several.
        for (var tries = 0; days.Count < _options.Workers && tries < _options.Workers * 3; tries++)
        {
            var number = tries;
            await Guarded(
                async () =>
                {
                    var path = await _place.Walk(random, cancellationToken);
                    var worker = await _place.Reporter(path, random, cancellationToken);
                    if (path.Count > 0 && known.Add(worker.Me.Id))
                        days.Add(PlayWorker(path, worker, number, cancellationToken));
                },
                cancellationToken
            );
        }
        await Task.WhenAll(days);
    }

    /// <summary>A worker whom the service doesn't answer for a while goes on afterwards.</summary>
    async Task PlayWorker(List<AreaView> path, Session worker, int number, CancellationToken cancellationToken)
    {
        var life = new WorkerLife(_place, path, worker, _day, _tally, new Random(Seed(-2 - number)));
        while (!cancellationToken.IsCancellationRequested)
        {
            await Guarded(() => life.Run(cancellationToken), cancellationToken);
            await Guarded(() => _day.Wait(TimeSpan.FromMinutes(10), cancellationToken), cancellationToken);
        }
    }

    /// <summary>
    /// Reports come independently of each other (a Poisson process): candidates come at the rate of the busiest hour, and each is kept with
    /// the probability of the current hour's rate.
    /// </summary>
    async Task NextReport(Random random, CancellationToken cancellationToken)
    {
        var meanAtPeak = TimeSpan.FromDays(1) / (_options.CasesPerDay * RateCurve.Peak);
        do await _day.Wait(meanAtPeak * -Math.Log(1 - random.NextDouble()), cancellationToken);
        while (random.NextDouble() > RateCurve.At(_day.Now) / RateCurve.Peak);
    }

    async Task Live(int number, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        try
        {
            var life = new CaseLife(
                _place,
                _day,
                _tally,
                new Random(Seed(number)),
                string.Create(CultureInfo.InvariantCulture, $"{_run}-{number}")
            );
            await Guarded(() => life.Run(cancellationToken), cancellationToken);
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>A failure must not end the day, and neither is it told again and again.</summary>
    async Task Guarded(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was under way stays as it is.
        }
        catch (Exception e) when (e is ServiceAwayException or RefusedException or System.Text.Json.JsonException)
        {
            _tally.Failed();
            if (Interlocked.Exchange(ref _lastComplaint, e.Message) != e.Message)
                _options.Log?.Invoke($"{_place.Id}: {e.Message}");
        }
    }

    int Seed(int number) =>
        unchecked((int)Replay.Scatter.Hash(string.Create(CultureInfo.InvariantCulture, $"{_options.Seed}/{number}"), _place.Id));

    static TimeOnly LocalTime(string? zone, DateTimeOffset now)
    {
        var found = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc;
        return TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, found).DateTime);
    }
}
