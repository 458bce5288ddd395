using GridActors.Simulator.Client;

namespace GridActors.Simulator.Replay;

/// <summary>
/// Takes one request of the file from its report to its last state in the file. It looks at the case's state and takes the next step
/// towards the goal, so it doesn't matter whether this run, an earlier one or somebody at a screen took the steps before.
/// </summary>
sealed class CaseReplay(
    Session reporter,
    People people,
    CategoryChoice categories,
    IReadOnlyList<string> grids,
    ReplayState state,
    ReplayFigures figures,
    DateTimeOffset began,
    int officials
)
{
    // Four steps lead from offered to closed; more are needed only when somebody else acts on the case too.
    const int MaxSteps = 12;

    public async Task Run(TimedRow timed, Pace pace, CancellationToken cancellationToken)
    {
        var row = timed.Row;
        await pace.Until(timed.Opened, cancellationToken);
        var view = await Report(row, cancellationToken);
        if (view is null)
            return;
        var goal = Goal(timed);
        for (var step = 0; step < MaxSteps; step++)
        {
            if (Reached(view, goal))
            {
                if (view.Status == CaseStatus.Closed)
                    figures.AddClosed();
                figures.AddFinished();
                state.Done(row.Id, Before(view));
                return;
            }
            var answer = await Next(timed, view, pace, cancellationToken);
            if (answer.Value is { } next)
                view = next;
            else if (
                answer.Problem is { HttpStatus: 409 or 403 }
                && (await reporter.Case(view.Id, cancellationToken)).Value is { } now
                && (now.Status, now.Claimant) != (view.Status, view.Claimant)
            )
                view = now;
            else
            {
                figures.AddError(row.Id, answer.Problem?.ToString() ?? "no answer");
                return;
            }
        }
        figures.AddError(row.Id, $"still {view.Status} after {MaxSteps} steps");
    }

    /// <summary>
    /// The file doesn't say whether somebody works on an open request. An overdue one counts as claimed by nobody, so it stays offered; one
    /// within its time counts as under way, so it stays claimed.
    /// </summary>
    public static string Goal(TimedRow timed) =>
        timed.Closed is not null ? CaseStatus.Closed
        : timed.Row.Overdue ? CaseStatus.Offered
        : CaseStatus.Claimed;

    /// <summary>What the board had counted of this case before the replay.</summary>
    DoneBefore Before(CaseView view) =>
        view.ClosedAt <= began ? DoneBefore.Closed
        : view.ReportedAt <= began ? DoneBefore.Reported
        : DoneBefore.Nothing;

    static bool Reached(CaseView view, string goal) =>
        goal switch
        {
            CaseStatus.Offered => true,
            CaseStatus.Claimed => view.Status != CaseStatus.Offered,
            _ => view.Status == goal,
        };

    async Task<CaseView?> Report(FileRow row, CancellationToken cancellationToken)
    {
        if (state.CaseOf(row.Id) is { } caseId)
        {
            var known = await reporter.Case(caseId, cancellationToken);
            if (known.Refused(out var gone, out var view))
                figures.AddError(row.Id, gone.ToString());
            return view;
        }
        var report = new NewCase(categories.Of(row.Type), grids[Scatter.Pick(row.Id, "grid", grids.Count)], row.Type, null);
        if ((await reporter.Report(report, Key(row, "report"), cancellationToken)).Refused(out var problem, out var reported))
        {
            figures.AddError(row.Id, problem.ToString());
            return null;
        }
        state.Reported(row.Id, reported.Id);
        figures.AddReported();
        return reported;
    }

    async Task<Answer<CaseView>> Next(TimedRow timed, CaseView view, Pace pace, CancellationToken cancellationToken)
    {
        var row = timed.Row;
        switch (view.Status)
        {
            case CaseStatus.Offered:
                await pace.Until(timed.Claimed, cancellationToken);
                return await Claim(row, view, cancellationToken);
            case CaseStatus.Claimed or CaseStatus.OnSite:
                await pace.Until(timed.Closed ?? timed.Claimed, cancellationToken);
                if (view.Claimant is null || await people.Find(view.Claimant, cancellationToken) is not { } claimant)
                    return Stuck($"its claimant {view.Claimant} can't be signed in");
                return await claimant.Step(view.Id, "resolve", new StepBody(Text: row.Closure), Key(row, "resolve"), cancellationToken);
            default:
                return await reporter.Step(view.Id, "close", new StepBody(Rating: Rating(row)), Key(row, "close"), cancellationToken);
        }
    }

    async Task<Answer<CaseView>> Claim(FileRow row, CaseView view, CancellationToken cancellationToken)
    {
        var answer = Stuck("it was offered to nobody who can be signed in");
        foreach (var person in InOrder(row, view))
        {
            if (await people.Find(person, cancellationToken) is not { } official)
                continue;
            answer = await official.Step(view.Id, "claim", StepBody.Empty, Key(row, "claim"), cancellationToken);
            // After any answer but "not a recipient" it is clear whether somebody has the case, so no other person tries.
            if (answer.Problem is not { HttpStatus: 401 or 403 })
                break;
        }
        return answer;
    }

    /// <summary>The recipients, in an order that depends on the request. Once enough people are signed in, those come first.</summary>
    IEnumerable<string> InOrder(FileRow row, CaseView view)
    {
        if (view.OfferedTo.IsDefaultOrEmpty)
            return [];
        var first = Scatter.Pick(row.Id, "claim", view.OfferedTo.Length);
        var order = view.OfferedTo.Select((_, i) => view.OfferedTo[(first + i) % view.OfferedTo.Length]);
        return people.Count < officials ? order : order.OrderByDescending(people.IsIn);
    }

    static int Rating(FileRow row) => (row.Overdue ? 2 : 4) + Scatter.Pick(row.Id, "rating", 2);

    /// <summary>
    /// The key depends only on the request and the step, so repeating a step is the same operation and gets the first outcome.
    /// </summary>
    public static string Key(FileRow row, string step) => step == "report" ? $"boston-{row.Id}" : $"boston-{row.Id}-{step}";

    static Answer<CaseView> Stuck(string why) => new(null, new Problem(null, why, null));
}
