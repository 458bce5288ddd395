using GridActors.Contracts.People;
using GridActors.Contracts.Scores;
using GridActors.Domain.Packs;
using GridActors.Storage.Scores;
using GridActors.Web.Sessions;
using GridActors.Web.WorkerDays;

namespace GridActors.Web.Scores;

/// <param name="Item">The line that is doubted.</param>
public sealed record AppealScoreRequest(string? Item, string? Text);

/// <param name="Text">Why the decision isn't accepted.</param>
public sealed record RaiseAppealRequest(string? Text);

/// <param name="Outcome"><c>granted</c>, <c>partly-granted</c> or <c>refused</c>.</param>
/// <param name="Points">The line's points from now on; left out when it is refused.</param>
public sealed record DecideAppealRequest(string? Outcome, decimal? Points, string? Reason);

/// <summary>A line that came out differently.</summary>
public sealed record ChangedLineJson(string Item, decimal From, decimal To)
{
    public static ChangedLineJson Of(ChangedLine line) => new(line.Item, line.From, line.To);
}

/// <summary>More became known after the month was closed.</summary>
public sealed record ScoreCorrectionJson(DateTimeOffset At, IReadOnlyList<ChangedLineJson> Changes);

/// <param name="Instance">1, or 2 for somebody above.</param>
/// <param name="From">The line's points before.</param>
/// <param name="To">And after.</param>
public sealed record AppealDecisionJson(
    int Instance,
    string By,
    string ByName,
    DateTimeOffset At,
    string Outcome,
    decimal From,
    decimal To,
    string Reason
);

/// <summary>A worker doubts a line of their score (申诉).</summary>
/// <param name="State"><c>open</c>, <c>granted</c>, <c>partly-granted</c> or <c>refused</c>.</param>
/// <param name="Raised">Why the first decision isn't accepted; empty in the first instance.</param>
/// <param name="MayRaise">Whether the caller can have it decided by somebody above, if they are in time.</param>
/// <param name="MayDecide">
/// Whether the caller oversees the worker, and hasn't decided it before. Who decides in the second instance is checked then.
/// </param>
public sealed record ScoreAppealJson(
    string Id,
    string Item,
    string Text,
    DateTimeOffset At,
    DateTimeOffset DueAt,
    bool IsOverdue,
    int Instance,
    string State,
    string Raised,
    IReadOnlyList<AppealDecisionJson> Decisions,
    bool MayRaise,
    bool MayDecide
)
{
    public static ScoreAppealJson Of(ScoreAppeal appeal, PersonId person, Caller caller, DateTimeOffset now)
    {
        var isOpen = appeal.Status == AppealStatus.Open;
        var isOverdue = isOpen && appeal.DueAt < now;
        return new(
            appeal.Id.ToString("N"),
            appeal.Item,
            appeal.Text,
            appeal.At,
            appeal.DueAt,
            isOverdue,
            appeal.Instance,
            AppealNames.Of(appeal.Status),
            appeal.Raised,
            [
                .. appeal.Decisions.Select(d => new AppealDecisionJson(
                    d.Instance,
                    d.By.Id,
                    caller.Pack.NameOf(d.By),
                    d.At,
                    AppealNames.Of(d.Outcome),
                    d.From,
                    d.To,
                    d.Reason
                )),
            ],
            person == caller.Id
                && appeal.Instance == 1
                && (isOverdue || appeal.Status is AppealStatus.PartlyGranted or AppealStatus.Refused),
            person != caller.Id && isOpen && appeal.Decisions.All(d => d.By != caller.Id)
        );
    }
}

/// <summary>An appeal in the list of those who decide.</summary>
public sealed record AppealItemJson(
    string Id,
    string Person,
    string Name,
    string Month,
    string Area,
    string AreaName,
    string Item,
    string ItemName,
    string ItemNameEn,
    string State,
    int Instance,
    DateTimeOffset OpenedAt,
    DateTimeOffset DueAt,
    bool IsOverdue,
    DateTimeOffset? DecidedAt
)
{
    public static AppealItemJson Of(AppealRow row, LoadedPack pack, DateTimeOffset now)
    {
        var item = pack.Pack.Scores?.Sets.SelectMany(s => s.Items).FirstOrDefault(i => i.Id == row.Item);
        return new(
            row.Id.ToString("N"),
            row.Person.Id,
            pack.NameOf(row.Person),
            row.Month.ToString(),
            row.Area.Code,
            WorkerDayPages.AreaName(pack, row.Area),
            row.Item,
            item?.Name ?? row.Item,
            item?.NameEn ?? row.Item,
            AppealNames.Of(row.Status),
            row.Instance,
            row.OpenedAt,
            row.DueAt,
            row.Status == AppealStatus.Open && row.DueAt < now,
            row.DecidedAt
        );
    }
}

static class AppealNames
{
    public static string Of(AppealStatus status) =>
        status switch
        {
            AppealStatus.Granted => "granted",
            AppealStatus.PartlyGranted => "partly-granted",
            AppealStatus.Refused => "refused",
            _ => "open",
        };

    /// <returns>Null when it is no outcome.</returns>
    public static AppealStatus? Outcome(string? name) =>
        name switch
        {
            "granted" => AppealStatus.Granted,
            "partly-granted" => AppealStatus.PartlyGranted,
            "refused" => AppealStatus.Refused,
            _ => null,
        };
}
