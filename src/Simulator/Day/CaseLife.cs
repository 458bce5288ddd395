using GridActors.Simulator.Client;

namespace GridActors.Simulator.Day;

/// <summary>
/// One case from its report to its end, or to the point where it is left to itself. People at real screens may act on the same case meanwhile;
/// a step that is refused for that reason ends this life without fuss.
/// </summary>
internal sealed class CaseLife(Place place, DayClock day, DayTally tally, Random random, string keyPrefix)
{
    const int MostRounds = 4;
    CategoryView _category = null!; // Chosen with the report, which comes first.
    int _steps;

    public async Task RunAsync(CancellationToken ct)
    {
        var path = await place.WalkAsync(random, ct);
        var reporter = await place.ReporterAsync(path, random, ct);
        var view = await ReportAsync(reporter, path, ct);
        for (var round = 0; view is not null && round < MostRounds; round++)
        {
            if (view.Status == CaseStatus.Offered)
                view = await SolveAsync(view, ct);
            if (view?.Status is not (CaseStatus.Resolved or CaseStatus.Explained) || Chance(0.10))
                return;
            view = await CloseAsync(reporter, view, ct);
            if (view is null || !Chance(0.05))
                return;
            await WaitAsync(30, 180, ct);
            view = await StepAsync(reporter, view, "reopen", new StepBody(Reason: Phrases.Reopening(random)), ct);
        }
    }

    async Task<CaseView?> ReportAsync(Session reporter, List<AreaView> path, CancellationToken ct)
    {
        _category = Category();
        var (title, detail) = Phrases.Report(_category, random);
        var area = path.Count > 0 ? path[^1].Code : place.Centre.Home;
        var position = await place.PointAsync(path, random, ct);
        var solved = Chance(0.12) ? Phrases.SolvedOnTheSpot(_category, random) : null;
        return Counted("report", await reporter.ReportAsync(new NewCase(_category.Code, area, title, detail, position, solved), NextKey(), ct));
    }

    /// <summary>Confidential categories are drawn more rarely: leads are few.</summary>
    CategoryView Category()
    {
        var categories = place.Catalogue.Categories;
        var category = categories[random.Next(categories.Length)];
        return category.Confidential ? categories[random.Next(categories.Length)] : category;
    }

    /// <summary>From offered to resolved or explained; null when it ended elsewhere.</summary>
    async Task<CaseView?> SolveAsync(CaseView offered, CancellationToken ct)
    {
        if (Chance(0.05))
            return null;
        await WaitAsync(2, 40, ct);
        var held = await ClaimAsync(offered, ct);
        for (var pass = 0; held is not null && pass < MostRounds; pass++)
        {
            var (claimant, view) = held.Value;
            if (Chance(0.08) && view.Lets("release"))
                held = await ReleaseAsync(claimant, view, ct);
            else if (Chance(0.08) && view.Lets("handover"))
                held = await HandOverAsync(claimant, view, ct);
            else if (Chance(0.08) && view.Lets("transfer"))
                held = await TransferAsync(claimant, view, ct);
            else
                return await WorkAsync(claimant, view, ct);
        }
        return null;
    }

    async Task<(Session, CaseView)?> ClaimAsync(CaseView offered, CancellationToken ct)
    {
        var recipients = offered.OfferedTo.IsDefault ? [] : offered.OfferedTo.ToArray();
        random.Shuffle(recipients);
        var wanted = Chance(0.4) ? random.Next(2, 5) : 1;
        var contenders = new List<Session>();
        foreach (var person in recipients)
        {
            if (contenders.Count == wanted)
                break;
            if (await place.People.FindAsync(person, ct) is { } session)
                contenders.Add(session);
        }
        if (contenders.Count == 0)
            return null;

        // Everybody is signed in by now, so the claims leave in the same instant.
        var answers = await Task.WhenAll(contenders.Select(c => c.StepAsync(offered.Id, "claim", StepBody.Empty, NextKey(), ct)));
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

    async Task<(Session, CaseView)?> ReleaseAsync(Session claimant, CaseView view, CancellationToken ct)
    {
        await WaitAsync(3, 20, ct);
        if (await StepAsync(claimant, view, "release", new StepBody(Reason: Phrases.Releasing(random)), ct) is not { Status: CaseStatus.Offered } released)
            return null;
        await WaitAsync(2, 30, ct);
        return await ClaimAsync(released, ct);
    }

    async Task<(Session, CaseView)?> HandOverAsync(Session claimant, CaseView view, CancellationToken ct)
    {
        await WaitAsync(3, 20, ct);
        var others = view.OfferedTo.IsDefault ? [] : view.OfferedTo.Where(p => p != claimant.Me.Id).ToList();
        if (others.Count == 0 || await place.People.FindAsync(others[random.Next(others.Count)], ct) is not { } colleague)
            return (claimant, view);
        var handed = await StepAsync(claimant, view, "handover", new StepBody(To: colleague.Me.Id, Reason: Phrases.HandingOver(random)), ct);
        return handed is null ? null : (colleague, handed);
    }

    async Task<(Session, CaseView)?> TransferAsync(Session claimant, CaseView view, CancellationToken ct)
    {
        await WaitAsync(5, 30, ct);
        var departments = place.Catalogue.Departments.IsDefault ? [] : place.Catalogue.Departments.Where(d => d.Id != view.Department).ToList();
        if (departments.Count == 0)
            return (claimant, view);
        var department = departments[random.Next(departments.Count)];
        if (await StepAsync(claimant, view, "transfer", new StepBody(Department: department.Id, Reason: Phrases.Transferring(department.Name)), ct)
            is not { Status: CaseStatus.Offered } transferred)
            return null;
        await WaitAsync(5, 60, ct);
        return await ClaimAsync(transferred, ct);
    }

    async Task<CaseView?> WorkAsync(Session claimant, CaseView claimed, CancellationToken ct)
    {
        CaseView? view = claimed;
        if (Chance(0.75))
        {
            await WaitAsync(10, 60, ct);
            view = await StepAsync(claimant, view, "on-site", StepBody.Empty, ct);
        }
        if (view is not null && Chance(0.5))
        {
            await WaitAsync(5, 45, ct);
            view = await StepAsync(claimant, view, "progress", new StepBody(Text: Phrases.Progress(_category, random)), ct);
        }
        if (view is not null && Chance(0.2))
        {
            await WaitAsync(1, 20, ct);
            view = await StepAsync(place.Centre, view, "comment", new StepBody(Text: Phrases.Comment(random)), ct);
        }
        if (view is null)
            return null;
        await WaitAsync(15, 150, ct);
        return Chance(0.85)
            ? await StepAsync(claimant, view, "resolve", new StepBody(Text: Phrases.Resolution(_category, random)), ct)
            : await StepAsync(claimant, view, "explain", new StepBody(Text: Phrases.Explanation(_category, random)), ct);
    }

    async Task<CaseView?> CloseAsync(Session reporter, CaseView view, CancellationToken ct)
    {
        await WaitAsync(10, 120, ct);
        var closer = Chance(0.2) && place.Centre.Me.MayAtHome("close") ? place.Centre : reporter;
        return await StepAsync(closer, view, "close", new StepBody(Rating: Rating()), ct);
    }

    async Task<CaseView?> StepAsync(Session person, CaseView view, string step, StepBody body, CancellationToken ct) =>
        Counted(step, await person.StepAsync(view.Id, step, body, NextKey(), ct));

    CaseView? Counted(string step, Answer<CaseView> answer)
    {
        if (answer.Value is not null)
            tally.Took(step);
        else
            tally.Refused();
        return answer.Value;
    }

    int Rating() => random.NextDouble() switch { < 0.03 => 1, < 0.07 => 2, < 0.17 => 3, < 0.45 => 4, _ => 5 };

    bool Chance(double probability) => random.NextDouble() < probability;

    Task WaitAsync(double fromMinutes, double toMinutes, CancellationToken ct) =>
        day.WaitAsync(TimeSpan.FromMinutes(fromMinutes + (toMinutes - fromMinutes) * random.NextDouble()), ct);

    string NextKey() => $"{keyPrefix}-{++_steps}";
}
