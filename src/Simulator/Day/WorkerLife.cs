using GridActors.Simulator.Client;

namespace GridActors.Simulator.Day;

/// <summary>
/// The days of one worker: signs in at about eight, looks in here and there, patrols by the checklist, visits households, rests at noon and
/// signs out. Each thing is sent when it happens, as a phone with a signal does.
/// </summary>
sealed class WorkerLife(Place place, List<AreaView> path, Session worker, DayClock day, DayTally tally, Random random)
{
    static readonly TimeOnly Morning = new(8, 0);
    static readonly TimeOnly Evening = new(17, 30);
    static readonly TimeSpan Noon = TimeSpan.FromMinutes(90);

    /// <summary>Walking, in metres a second.</summary>
    const double Pace = 1.1;
    const int MaxStep = 120;
    const int KnownHouseholds = 50;

    readonly string _device = $"sim-{Guid.NewGuid():N}";
    Outline? _grid;
    Position? _here;
    DateTimeOffset _since;
    List<string>? _households;
    int _sequence;

    public async Task Run(CancellationToken cancellationToken)
    {
        _grid = await place.OutlineOf(path, cancellationToken);
        while (true)
        {
            await Wait(UntilMorning(), cancellationToken);
            await Work(cancellationToken);
        }
    }

    /// <summary>From one sign-in to its sign-out.</summary>
    async Task Work(CancellationToken cancellationToken)
    {
        await CheckIn("sign-in", cancellationToken);
        var rested = day.Now.Hour >= 12;
        while (day.Now.IsBetween(Morning.AddHours(-1), Evening))
        {
            await Wait(TimeSpan.FromMinutes(random.Next(15, 50)), cancellationToken);
            if (!rested && day.Now.Hour >= 12)
            {
                rested = true;
                await CheckIn("pause", cancellationToken);
                await Wait(Noon, cancellationToken);
                await CheckIn("resume", cancellationToken);
            }
            else if (random.NextDouble() is var what && what < 0.2)
                await Patrol(cancellationToken);
            else if (what < 0.6)
                await Visit(cancellationToken);
            else
                await CheckIn("check-in", cancellationToken);
        }
        await CheckIn("sign-out", cancellationToken);
    }

    async Task Patrol(CancellationToken cancellationToken)
    {
        var lines = place.Catalogue.Checklist.IsDefault ? [] : place.Catalogue.Checklist.Where(l => l.Id is not null).ToArray();
        random.Shuffle(lines);
        var patrol = Guid.CreateVersion7();
        await CheckIn("patrol-start", cancellationToken, id: patrol);
        var track = new List<TrackPoint>();
        foreach (var line in lines.Take(random.Next(3, 7)))
        {
            await Wait(TimeSpan.FromMinutes(random.Next(3, 9)), cancellationToken);
            var (at, position) = Walk();
            if (position is not null)
                track.Add(new(at, position.Lon, position.Lat, position.Accuracy));
            await CheckIn("checkpoint", cancellationToken, patrol: patrol, checkpoint: line.Id);
        }
        if (track.Count > 1)
            await Send("track", "tracks", Item() with { At = track[0].At, Patrol = patrol, Points = [.. track] }, cancellationToken);
        await CheckIn("patrol-end", cancellationToken, patrol: patrol);
    }

    async Task Visit(CancellationToken cancellationToken)
    {
        _households ??= await Households(cancellationToken);
        if (_households.Count == 0 || place.Purposes.Length == 0)
        {
            await CheckIn("check-in", cancellationToken);
            return;
        }
        var (at, position) = Walk();
        await Wait(TimeSpan.FromMinutes(random.Next(5, 20)), cancellationToken);
        await Send(
            "visit",
            "visits",
            Item() with
            {
                At = at,
                Until = place.Time.Now,
                Position = position,
                Households = [_households[random.Next(_households.Count)]],
                Purpose = place.Purposes[random.Next(place.Purposes.Length)].Id,
            },
            cancellationToken
        );
    }

    async Task<List<string>> Households(CancellationToken cancellationToken)
    {
        var listed = await worker.Households(path[^1].Code, KnownHouseholds, cancellationToken);
        return listed.Value is { Items.IsDefault: false } list ? [.. list.Items.Select(h => h.Id)] : [];
    }

    Task CheckIn(string kind, CancellationToken cancellationToken, Guid? id = null, Guid? patrol = null, string? checkpoint = null)
    {
        var (at, position) = Walk();
        var item = Item(id) with
        {
            At = at,
            Position = position,
            Kind = kind,
            Patrol = patrol,
            Checkpoint = checkpoint,
            Seen = checkpoint is null ? null : "ok",
        };
        return Send(kind, "check-ins", item, cancellationToken);
    }

    FieldItem Item(Guid? id = null) => new(id ?? Guid.CreateVersion7(), ++_sequence, place.Time.Now);

    async Task Send(string kind, string to, FieldItem item, CancellationToken cancellationToken)
    {
        var answer = await worker.SendField(kind, to, new(_device, place.Time.Now, [item]), cancellationToken);
        if (answer.Value is { Items: [{ Outcome: not "refused" }, ..] })
            tally.Took(kind);
        else
            tally.Refused();
    }

    /// <summary>Where the worker is now: no further than they can have walked, and inside the grid.</summary>
    (DateTimeOffset At, FieldPosition? Position) Walk()
    {
        var now = place.Time.Now;
        if (_grid is null)
            return (now, null);
        if (_here is null)
            _here = _grid.PointInside(random);
        else
        {
            var metres = random.NextDouble() * Math.Min(MaxStep, Math.Max(0, (now - _since).TotalSeconds * Pace));
            var next = _here.Moved(metres, random.NextDouble() * 2 * Math.PI);
            if (_grid.Contains(next))
                _here = next;
        }
        _since = now;
        return (now, _here is null ? null : new(_here.Lon, _here.Lat, random.Next(5, 25)));
    }

    /// <summary>Nobody begins at the same second; who comes late to the simulation begins soon.</summary>
    TimeSpan UntilMorning()
    {
        var few = TimeSpan.FromMinutes(random.NextDouble() * 20);
        return day.Now.IsBetween(Morning, Evening.AddHours(-1)) ? few : Morning.AddMinutes(-10) - day.Now + few;
    }

    Task Wait(TimeSpan simulated, CancellationToken cancellationToken) => day.Wait(simulated, cancellationToken);
}
