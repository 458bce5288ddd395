using GridActors.Simulator.Client;

namespace GridActors.Simulator.Day;

/// <summary>
/// Plays one case from its report to its end, or until the simulator leaves it alone. Real people may act on the same case meanwhile. When
/// a step is refused because of that, the simulator leaves the case alone.
/// </summary>
sealed class CaseLife(Place place, DayClock day, DayTally tally, Random random, string keyPrefix)
{
    const int MaxRounds = 4;
    CategoryView _category = null!; // Chosen with the report, which comes first.
    int _steps;

    public async Task Run(CancellationToken cancellationToken)
    {
        var path = await place.Walk(random, cancellationToken);
        var reporter = await place.Reporter(path, random, cancellationToken);
        var view = await Report(reporter, path, cancellationToken);
        for (var round = 0; view is not null && round < MaxRounds; round++)
        {
            if (view.Status == CaseStatus.Offered)
                view = await Solve(view, cancellationToken);
            if (view?.Status is not (CaseStatus.Resolved or CaseStatus.Explained) || Chance(0.10))
                return;
            view = await Close(reporter, view, cancellationToken);
            if (view is null || !Chance(0.05))
                return;
            await Wait(30, 180, cancellationToken);
            view = await Step(reporter, view, "reopen", new StepBody(Reason: Phrases.Reopening(random)), cancellationToken);
        }
    }

    async Task<CaseView?> Report(Session reporter, List<AreaView> path, CancellationToken cancellationToken)
    {
        _category = Category();
        var (title, detail) = Phrases.Report(_category, random);
        var area = path.Count > 0 ? path[^1].Code : place.Centre.Home;
        var position = await place.Point(path, random, cancellationToken);
        var solved = Chance(0.12) ? Phrases.SolvedOnTheSpot(_category, random) : null;
        return Counted(
            "report",
            await reporter.Report(
                new NewCase(_category.Code, area, title, detail, position, solved, Mediation(solved)),
                NextKey(),
                cancellationToken
            )
        );
    }

    /// <summary>Confidential categories are chosen less often, as in life.</summary>
    CategoryView Category()
    {
        var categories = place.Catalogue.Categories;
        var category = categories[random.Next(categories.Length)];
        return category.Confidential ? categories[random.Next(categories.Length)] : category;
    }

    /// <summary>Plays the case from offered to resolved or explained. Null when it didn't get there.</summary>
    async Task<CaseView?> Solve(CaseView offered, CancellationToken cancellationToken)
    {
        if (Chance(0.05))
            return null;
        await Wait(2, 40, cancellationToken);
        var held = await Claim(offered, cancellationToken);
        for (var pass = 0; held is not null && pass < MaxRounds; pass++)
        {
            var (claimant, view) = held.Value;
            if (Chance(0.08) && view.Lets("release"))
                held = await Release(claimant, view, cancellationToken);
            else if (Chance(0.08) && view.Lets("handover"))
                held = await HandOver(claimant, view, cancellationToken);
            else if (Chance(0.08) && view.Lets("transfer"))
                held = await Transfer(claimant, view, cancellationToken);
            else
                return await Work(claimant, view, cancellationToken);
        }
        return null;
    }

    async Task<(Session, CaseView)?> Claim(CaseView offered, CancellationToken cancellationToken)
    {
        var recipients = offered.OfferedTo.IsDefault ? [] : offered.OfferedTo.ToArray();
        random.Shuffle(recipients);
        var wanted = Chance(0.4) ? random.Next(2, 5) : 1;
        var contenders = new List<Session>();
        foreach (var person in recipients)
        {
            if (contenders.Count == wanted)
                break;
            if (await place.People.Find(person, cancellationToken) is { } session)
                contenders.Add(session);
        }
        if (contenders.Count == 0)
            return null;

        // Everybody is signed in before this, so the claims are sent at the same time.
        var answers = await Task.WhenAll(contenders.Select(c => c.Step(offered.Id, "claim", StepBody.Empty, NextKey(), cancellationToken)));
        var winner = Array.FindIndex(answers, a => a.Value is not null);
        if (answers.Length > 1)
            tally.Raced(answers.Count(a => a.Value is not null), answers.Count(a => a.Problem is { Code: ProblemCode.AlreadyClaimed }));
        foreach (var answer in answers)
        {
            if (answer.Value is not null)
                tally.Took("claim");
            else if (answer.Problem is not { Code: ProblemCode.AlreadyClaimed } || answers.Length == 1)
                tally.Refused();
        }
        return winner < 0 ? null : (contenders[winner], answers[winner].Value!);
    }

    async Task<(Session, CaseView)?> Release(Session claimant, CaseView view, CancellationToken cancellationToken)
    {
        await Wait(3, 20, cancellationToken);
        if (
            await Step(claimant, view, "release", new StepBody(Reason: Phrases.Releasing(random)), cancellationToken)
            is not { Status: CaseStatus.Offered } released
        )
            return null;
        await Wait(2, 30, cancellationToken);
        return await Claim(released, cancellationToken);
    }

    async Task<(Session, CaseView)?> HandOver(Session claimant, CaseView view, CancellationToken cancellationToken)
    {
        await Wait(3, 20, cancellationToken);
        var others = view.OfferedTo.IsDefault ? [] : view.OfferedTo.Where(p => p != claimant.Me.Id).ToList();
        if (others.Count == 0 || await place.People.Find(others[random.Next(others.Count)], cancellationToken) is not { } colleague)
            return (claimant, view);
        var handed = await Step(
            claimant,
            view,
            "handover",
            new StepBody(To: colleague.Me.Id, Reason: Phrases.HandingOver(random)),
            cancellationToken
        );
        return handed is null ? null : (colleague, handed);
    }

    async Task<(Session, CaseView)?> Transfer(Session claimant, CaseView view, CancellationToken cancellationToken)
    {
        await Wait(5, 30, cancellationToken);
        var departments = place.Catalogue.Departments.IsDefault
            ? []
            : place.Catalogue.Departments.Where(d => d.Id != view.Department).ToList();
        if (departments.Count == 0)
            return (claimant, view);
        var department = departments[random.Next(departments.Count)];
        if (
            await Step(
                claimant,
                view,
                "transfer",
                new StepBody(Department: department.Id, Reason: Phrases.Transferring(department.Name)),
                cancellationToken
            )
            is not { Status: CaseStatus.Offered } transferred
        )
            return null;
        await Wait(5, 60, cancellationToken);
        return await Claim(transferred, cancellationToken);
    }

    async Task<CaseView?> Work(Session claimant, CaseView claimed, CancellationToken cancellationToken)
    {
        CaseView? view = claimed;
        if (Chance(0.75))
        {
            await Wait(10, 60, cancellationToken);
            view = await Step(claimant, view, "on-site", StepBody.Empty, cancellationToken);
        }
        if (view is not null && Chance(0.5))
        {
            await Wait(5, 45, cancellationToken);
            view = await Step(claimant, view, "progress", new StepBody(Text: Phrases.Progress(_category, random)), cancellationToken);
        }
        if (view is not null && Chance(0.2))
        {
            await Wait(1, 20, cancellationToken);
            view = await Step(place.Centre, view, "comment", new StepBody(Text: Phrases.Comment(random)), cancellationToken);
        }
        if (view is null)
            return null;
        await Wait(15, 150, cancellationToken);
        return Chance(0.85)
            ? await Step(claimant, view, "resolve", Resolution(), cancellationToken)
            : await Step(claimant, view, "explain", new StepBody(Text: Phrases.Explanation(_category, random)), cancellationToken);
    }

    StepBody Resolution()
    {
        var text = Phrases.Resolution(_category, random);
        return new(Text: text, Mediation: Mediation(text));
    }

    /// <summary>How a dispute was settled; null for a case that isn't one, or isn't settled.</summary>
    MediationBody? Mediation(string? settled) =>
        settled is not null && _category.Mediation ? new([new("甲"), new("乙")], Chance(0.85), settled) : null;

    async Task<CaseView?> Close(Session reporter, CaseView view, CancellationToken cancellationToken)
    {
        await Wait(10, 120, cancellationToken);
        var closer = Chance(0.2) && place.Centre.Me.MayAtHome("close") ? place.Centre : reporter;
        return await Step(closer, view, "close", new StepBody(Rating: Rating()), cancellationToken);
    }

    async Task<CaseView?> Step(Session person, CaseView view, string step, StepBody body, CancellationToken cancellationToken) =>
        Counted(step, await person.Step(view.Id, step, body, NextKey(), cancellationToken));

    CaseView? Counted(string step, Answer<CaseView> answer)
    {
        if (answer.Value is not null)
            tally.Took(step);
        else
            tally.Refused();
        return answer.Value;
    }

    int Rating() =>
        random.NextDouble() switch
        {
            < 0.03 => 1,
            < 0.07 => 2,
            < 0.17 => 3,
            < 0.45 => 4,
            _ => 5,
        };

    bool Chance(double probability) => random.NextDouble() < probability;

    Task Wait(double fromMinutes, double toMinutes, CancellationToken cancellationToken) =>
        day.Wait(TimeSpan.FromMinutes(fromMinutes + (toMinutes - fromMinutes) * random.NextDouble()), cancellationToken);

    string NextKey() => $"{keyPrefix}-{++_steps}";
}
