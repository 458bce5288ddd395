using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Scores;

namespace GridActors.Domain.Scores;

/// <summary>What the decision about a command needs from outside the month.</summary>
/// <param name="Until">How long something decided or known since then can be appealed against or raised.</param>
/// <param name="DueAt">Until when a new appeal, or a raised one, must be decided.</param>
/// <param name="OverseesFrom">The topmost area whose workers, this one among them, the person oversees; null for none.</param>
/// <param name="IsAbove">Whether <paramref name="OverseesFrom"/> lies above an area, or both are the topmost one.</param>
public sealed record ScoreContext(
    DateTimeOffset Now,
    Func<DateTimeOffset, DateTimeOffset> Until,
    DateTimeOffset DueAt,
    AreaId? OverseesFrom,
    Func<AreaId, bool> IsAbove
);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct ScoreOutcome(ScoreEvent? Event, string? Rejection)
{
    public static ScoreOutcome Accept(ScoreEvent? e = null) => new(e, null);

    public static ScoreOutcome Reject(string code) => new(null, code);
}

/// <summary>The rules of closed months and of appeals (docs/scores.md).</summary>
public static class ScoreDecider
{
    public static ScoreOutcome Decide(ScoreState state, ScoreCommand command, ScoreContext context)
    {
        foreach (var earlier in state.Operations)
        {
            if (earlier == command.Operation)
                return ScoreOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return ScoreOutcome.Reject(CaseRejections.KeyReused);
        }
        if (state.HasUnknown)
            return ScoreOutcome.Reject(CaseRejections.NewerVersion);
        if (state.View.Settled is not { } settled)
            return ScoreOutcome.Reject(ScoreRejections.NotClosed);
        return command switch
        {
            AppealScore x => Appeal(state, settled, x, context),
            RaiseAppeal x => Raise(state, x, context),
            DecideAppeal x => Decide(state, settled, x, context),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    /// <summary>What a newly computed score makes of the month; null when nothing is to be done.</summary>
    public static ScoreEvent? Settle(ScoreState state, SettledScore score)
    {
        if (state.HasUnknown)
            return null;
        if (state.View.Settled is not { } before)
            return new ScoreClosed(score);
        // The rules, the post and what had to be visited stay as they were when the month was closed.
        return ScoreTotals.Changes(before, score).IsEmpty ? null : new ScoreCorrected(before with { Lines = score.Lines });
    }

    static ScoreOutcome Appeal(ScoreState state, SettledScore settled, AppealScore command, ScoreContext context)
    {
        if (command.By != state.View.Person || settled.Lines.FirstOrDefault(l => l.Item == command.Item) is not { } line)
            return ScoreOutcome.Reject(CaseRejections.NotFound);
        // An item that doesn't apply counts in no full marks: there is nothing to give.
        if (line is { Of: 0, MaxLoss: 0 })
            return ScoreOutcome.Reject(ScoreRejections.WrongPoints);
        // A correction can be appealed against, too.
        if (context.Now > context.Until(state.KnownSince!.Value))
            return ScoreOutcome.Reject(ScoreRejections.AppealOver);
        if (state.View.Appeals.Any(a => a.Item == command.Item && (a.Status == AppealStatus.Open || a.At >= state.KnownSince)))
            return ScoreOutcome.Reject(ScoreRejections.AlreadyAppealed);
        return ScoreOutcome.Accept(new ScoreAppealed(command.Appeal, command.Item, SealedWords.Of(command.Text), context.DueAt));
    }

    static ScoreOutcome Raise(ScoreState state, RaiseAppeal command, ScoreContext context)
    {
        if (command.By != state.View.Person || state.Appeal(command.Appeal) is not { } appeal)
            return ScoreOutcome.Reject(CaseRejections.NotFound);
        if (appeal.Instance > 1 || appeal.Status == AppealStatus.Granted)
            return ScoreOutcome.Reject(ScoreRejections.AppealDecided);
        if (appeal.Status == AppealStatus.Open && context.Now <= appeal.DueAt)
            return ScoreOutcome.Reject(CaseRejections.WrongStatus);
        if (appeal.Decisions is [.., { } last] && context.Now > context.Until(last.At))
            return ScoreOutcome.Reject(ScoreRejections.AppealOver);
        return ScoreOutcome.Accept(new AppealRaised(command.Appeal, SealedWords.Of(command.Text), context.DueAt));
    }

    static ScoreOutcome Decide(ScoreState state, SettledScore settled, DecideAppeal command, ScoreContext context)
    {
        if (context.OverseesFrom is not { } area || state.Appeal(command.Appeal) is not { } appeal)
            return ScoreOutcome.Reject(CaseRejections.NotFound);
        if (command.By == state.View.Person)
            return ScoreOutcome.Reject(ScoreRejections.NotYourAppeal);
        if (appeal.Status != AppealStatus.Open)
            return ScoreOutcome.Reject(ScoreRejections.AppealDecided);
        if (appeal.Decisions is [var first, ..] && (first.By == command.By || !context.IsAbove(first.Area)))
            return ScoreOutcome.Reject(ScoreRejections.NotYourAppeal);
        var line = settled.Lines.First(l => l.Item == appeal.Item);
        var from = ScoreTotals.Points(line, state.View.Adjusted);
        var isRefused = command.Outcome == AppealStatus.Refused;
        if (!isRefused && (command.Points <= from || command.Points > line.Of))
            return ScoreOutcome.Reject(ScoreRejections.WrongPoints);
        return ScoreOutcome.Accept(
            new AppealDecided(
                command.Appeal,
                command.Outcome,
                area,
                from,
                isRefused ? from : command.Points,
                SealedWords.Of(command.Reason)
            )
        );
    }
}
