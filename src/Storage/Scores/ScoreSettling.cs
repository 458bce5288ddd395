using GridActors.Contracts.People;
using GridActors.Contracts.Scores;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using GridActors.Storage.Time;

namespace GridActors.Storage.Scores;

/// <summary>Computes the scores of a month as they are settled, for everybody of a pack.</summary>
public sealed class ScoreSettling(ScoreQueries queries, ScoreMonthQueries months, ServiceTime clock)
{
    /// <summary>So many people are read at once, which bounds the memory that a large county takes.</summary>
    const int BatchLength = 500;

    /// <summary>Those whose score isn't settled yet, or came out differently.</summary>
    /// <param name="onlyClosed">Nobody's month is closed any more: who came later had none.</param>
    public async Task<IReadOnlyList<(PersonId Person, SettledScore Score)>> Changed(
        LoadedPack pack,
        ScoreMonth month,
        bool onlyClosed,
        CancellationToken cancellationToken
    )
    {
        if (pack.Pack.Scores is not { } rules || rules.In(month) is not { } set)
            return [];
        var closed = await months.Of(pack.Pack.Id, month, cancellationToken);
        List<(ScoredPerson Person, ScoreRuleSet Rules)> people =
        [
            .. closed.Values.Select(c => Closed(pack, rules, c)).OfType<(ScoredPerson, ScoreRuleSet)>(),
        ];
        if (!onlyClosed)
            people.AddRange(ScoredPeople.In(pack, set, pack.Root).Where(p => !closed.ContainsKey(p.Entry.Id)).Select(p => (p, set)));
        var changed = new List<(PersonId, SettledScore)>();
        foreach (var batch in people.Chunk(BatchLength))
        {
            var facts = await queries.Facts(
                pack,
                [.. batch.Select(b => b.Person)],
                month,
                clock.GetUtcNow(),
                batch
                    .Where(b => closed.ContainsKey(b.Person.Entry.Id))
                    .ToDictionary(b => b.Person.Entry.Id, b => closed[b.Person.Entry.Id].Settled.MustVisit),
                cancellationToken
            );
            foreach (var (person, by) in batch)
            {
                var score = Settle(person, by, facts[person.Entry.Id]);
                if (!closed.TryGetValue(person.Entry.Id, out var before) || !ScoreTotals.Changes(before.Settled, score).IsEmpty)
                    changed.Add((person.Entry.Id, score));
            }
        }
        return changed;
    }

    /// <summary>A person as they were scored when their month was closed; null when they, or the rules, are gone.</summary>
    public static (ScoredPerson Person, ScoreRuleSet Rules)? Closed(LoadedPack pack, ScoreRules rules, ClosedMonth month) =>
        Closed(pack, rules, month.Person, month.Settled);

    /// <inheritdoc cref="Closed(LoadedPack, ScoreRules, ClosedMonth)"/>
    public static (ScoredPerson Person, ScoreRuleSet Rules)? Closed(
        LoadedPack pack,
        ScoreRules rules,
        PersonId person,
        SettledScore settled
    ) =>
        pack.Person(person) is { } entry
        && rules.Version(settled.RulesVersion) is { } set
        && pack.StandIn(settled.Area.Code) is { } area
        && pack.Pack.Posts.FirstOrDefault(p => p.Id == settled.Post) is { } post
            ? (new(entry, post, area), set)
            : null;

    static SettledScore Settle(ScoredPerson person, ScoreRuleSet rules, ScoreFacts facts) =>
        new(
            person.Area.Id,
            person.Post.Id,
            rules.Version,
            rules.FullMarks,
            ScoreTotals.Settle(ScoreCalculator.Compute(rules, person.Post.Id, facts)),
            [.. facts.MustVisit.Select(m => new MustVisitPin(m.Household, m.DueBefore, m.VisitedAt)).OrderBy(m => m.Household)]
        );
}
