using System.Collections.Immutable;
using GridActors.Contracts;
using GridActors.Contracts.People;
using GridActors.Contracts.Scores;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using GridActors.Storage.Scores;
using GridActors.Web.Sessions;

namespace GridActors.Web.Scores;

/// <summary>
/// Makes a person's score of what is known now, or, once the month is closed, of what was settled: then the points are those of the
/// record, and the events behind them those that are known now.
/// </summary>
sealed class ScorePages(ScoreQueries queries, ScoreMonthQueries months, GrainReferences<IScoreGrain> scores, HouseholdLabels households)
{
    static readonly ImmutableDictionary<PersonId, ImmutableArray<MustVisitPin>> NoPins = ImmutableDictionary<
        PersonId,
        ImmutableArray<MustVisitPin>
    >.Empty;

    public static string KeyOf(PersonId person, ScoreMonth month) => $"{person.Key}/{month}";

    /// <returns>Null when the person isn't scored in that month.</returns>
    public async Task<ScoreJson?> Of(PersonEntry person, AskedScores asked, Caller caller, CancellationToken cancellationToken)
    {
        var closed =
            !asked.IsTrial && await months.IsClosed(person.Id, asked.Month, cancellationToken)
                ? await ActorCalls.Call(scores.Of(KeyOf(person.Id, asked.Month)).Get, cancellationToken)
                : null;
        return await Of(person, asked, closed?.View, caller, cancellationToken);
    }

    /// <param name="closed">The month's record; null while it is open, or when other rules are tried.</param>
    public async Task<ScoreJson?> Of(
        PersonEntry person,
        AskedScores asked,
        ScoreMonthView? closed,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var pack = caller.Pack;
        var settled = closed?.Settled;
        var found =
            settled is not null ? ScoreSettling.Closed(pack, asked.Rules, person.Id, settled)
            : ScoredPeople.Of(asked.Set, person) is { } one ? (one, asked.Set)
            : null;
        if (found is not var (scored, set))
            return null;
        var team = settled is null && asked.Rules.Ranking == RankingPolicy.Team ? ScoredPeople.TeamOf(pack, set, scored) : null;
        var pins = settled is null ? NoPins : NoPins.Add(person.Id, settled.MustVisit);
        var facts = await queries.Facts(pack, team?.People ?? [scored], asked.Month, asked.Now, pins, cancellationToken);
        var score = ScoreCalculator.Compute(set, scored.Post.Id, facts[person.Id]);
        var labels = await households.Of(score, caller, cancellationToken);
        var adjusted = closed?.Adjusted ?? ImmutableDictionary<string, decimal>.Empty;
        var (points, of, mark) = settled is null ? (score.Points, score.Of, score.Mark) : ScoreTotals.Of(settled, adjusted);
        return new(
            person.Id.Id,
            person.Name,
            scored.Post.Id,
            scored.Post.Name,
            scored.Post.NameEn,
            scored.Area.Code,
            scored.Area.Name,
            asked.Month.ToString(),
            asked.Until,
            settled is null && asked.IsProvisional,
            set.Version,
            !asked.IsTrial,
            points,
            of,
            mark,
            score.FullMarks,
            new(score.Days.Working, score.Days.Leave, score.Days.Expected, score.Days.OnDuty),
            [.. score.Lines.Select(l => ScoreLineJson.From(l, settled?.Lines.FirstOrDefault(s => s.Item == l.Item.Id), adjusted, labels))],
            ScorePolicyJson.Of(asked.Rules),
            team is { } t ? Standing(t.Area, t.People.Select(p => ScoreCalculator.Compute(set, p.Post.Id, facts[p.Entry.Id]).Mark)) : null,
            closed?.ClosedAt,
            [.. (closed?.Corrections ?? []).Select(c => new ScoreCorrectionJson(c.At, [.. c.Changes.Select(ChangedLineJson.Of)]))],
            [.. (closed?.Appeals ?? []).Select(a => ScoreAppealJson.Of(a, person.Id, caller, asked.Now))]
        );
    }

    /// <summary>The scores of many people, each as it was settled, or as it is known now.</summary>
    public async Task<IReadOnlyList<ScoreRowJson>> Rows(
        IReadOnlyList<ScoredPerson> people,
        AskedScores asked,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var closed = asked.IsTrial
            ? new Dictionary<PersonId, ClosedMonth>()
            : await months.Of(caller.Pack.Pack.Id, asked.Month, cancellationToken);
        var facts = await queries.Facts(caller.Pack, people, asked.Month, asked.Now, NoPins, cancellationToken);
        return
        [
            .. people.Select(p =>
                Row(p, ScoreCalculator.Compute(asked.Set, p.Post.Id, facts[p.Entry.Id]), closed.GetValueOrDefault(p.Entry.Id))
            ),
        ];
    }

    static ScoreRowJson Row(ScoredPerson person, Score score, ClosedMonth? closed)
    {
        var (points, of, mark) = closed is null ? (score.Points, score.Of, score.Mark) : ScoreTotals.Of(closed.Settled, closed.Adjusted);
        return new(
            person.Entry.Id.Id,
            person.Entry.Name,
            person.Post.Id,
            person.Post.Name,
            person.Post.NameEn,
            person.Area.Code,
            person.Area.Name,
            points,
            of,
            mark,
            score.Days.OnDuty,
            score.Days.Expected,
            closed is null
                ? [.. score.Lines.Select(l => new ScorePointsJson(l.Item.Id, l.Points, l.Of, l.Applies))]
                :
                [
                    .. closed.Settled.Lines.Select(l => new ScorePointsJson(
                        l.Item,
                        ScoreTotals.Points(l, closed.Adjusted),
                        l.Of,
                        l.Applies
                    )),
                ],
            closed?.ClosedAt
        );
    }

    static ScoreStandingJson? Standing(AreaNode area, IEnumerable<decimal?> marks)
    {
        List<decimal> sorted = [.. marks.OfType<decimal>().Order()];
        return sorted.Count < ScoredPeople.SmallestTeam
            ? null
            : new(area.Code, area.Name, sorted.Count, sorted[0], At(1), At(2), At(3), sorted[^1]);

        // The mark below which so many quarters lie.
        decimal At(int quarters) => sorted[(sorted.Count - 1) * quarters / 4];
    }
}
