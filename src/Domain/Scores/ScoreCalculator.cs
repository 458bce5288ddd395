using System.Collections.Immutable;
using System.Globalization;

namespace GridActors.Domain.Scores;

/// <summary>
/// Computes scores from facts by rules, and nothing else: no clock, no chance, no order in which events came. Points are decimal numbers
/// that are rounded once, at the end of a line, so that a recomputation gives the same figures to the last digit.
/// </summary>
public static class ScoreCalculator
{
    /// <summary>From which rating on a reporter is satisfied.</summary>
    public const int Satisfied = 4;

    const int Decimals = 2;

    public static Score Compute(ScoreRuleSet rules, string post, ScoreFacts facts)
    {
        ImmutableArray<ScoreLine> lines = [.. rules.Of(post).Select(item => Line(item, facts))];
        var of = lines.Sum(l => l.Of);
        var points = Math.Max(0, lines.Sum(l => l.Points));
        return new(
            facts.Month,
            rules.Version,
            post,
            points,
            of,
            Mark(points, of, rules.FullMarks),
            rules.FullMarks,
            new(
                facts.Days.Count(d => d.IsExpected || d.IsLeave),
                facts.Days.Count(d => d.IsLeave),
                facts.Days.Count(d => d.IsExpected),
                facts.Days.Count(d => d.SignIn is not null)
            ),
            lines
        );
    }

    /// <summary>Points as a part of the full marks; null when nothing could be earned.</summary>
    public static decimal? Mark(decimal points, decimal of, int fullMarks) => of == 0 ? null : Round(points / of * fullMarks);

    static ScoreLine Line(ScoreItem item, ScoreFacts facts)
    {
        var evidence = EvidenceOf(item, facts);
        var measured = evidence.Count(e => e.Counts);
        if (item.Each is { } each)
        {
            var points = Round(Math.Min(item.Points, each * measured));
            return new(item, item.Deducts ? -points : points, item.Deducts ? 0 : item.Points, true, measured, null, evidence);
        }
        var outOf = item.PerDutyDay is { } perDay
            ? perDay * facts.Days.Count(d => d.SignIn is not null)
            : evidence.Count(e => e.Note != EvidenceNote.Excused);
        // More than what was expected earns no more.
        return outOf == 0
            ? new(item, 0, 0, false, measured, outOf, evidence)
            : new(item, Round(item.Points * Share(item, Math.Min(1, measured / outOf))), item.Points, true, measured, outOf, evidence);
    }

    /// <summary>Which part of the points a rate earns.</summary>
    static decimal Share(ScoreItem item, decimal rate) =>
        rate >= item.Target ? 1
        : rate <= item.Floor ? 0
        : (rate - item.Floor) / (item.Target - item.Floor);

    static decimal Round(decimal points) => Math.Round(points, Decimals, MidpointRounding.AwayFromZero);

    static ImmutableArray<ScoreEvidence> EvidenceOf(ScoreItem item, ScoreFacts facts) =>
        item.Measure switch
        {
            ScoreMeasure.Duty =>
            [
                .. facts.Days.Where(d => d.IsExpected).OrderBy(d => d.Day).Select(d => OfDay(d.Day, d.SignIn, EvidenceNote.NotOnDuty)),
            ],
            ScoreMeasure.Patrols =>
            [
                .. facts
                    .Days.Where(d => d.SignIn is not null)
                    .OrderBy(d => d.Day)
                    .Select(d => OfDay(d.Day, d.Patrol, EvidenceNote.NoPatrol)),
            ],
            ScoreMeasure.Visits => Limited(item, Visits(item, facts.Visits)),
            ScoreMeasure.MustVisit => [.. facts.MustVisit.OrderBy(m => m.DueBefore).ThenBy(m => m.Household).Select(OfMustVisit)],
            ScoreMeasure.Reports => Limited(item, facts.Reports.OrderBy(r => r.At).ThenBy(r => r.Case).Select(r => (r.Day, OfReport(r)))),
            ScoreMeasure.CasesOnTime =>
            [
                .. BySettled(facts.Settled)
                    .Select(s => OfCase(s.Case, s.Number, s.At, !s.IsLate, s.IsLate ? EvidenceNote.Late : EvidenceNote.None)),
            ],
            ScoreMeasure.Satisfaction =>
            [
                // Nobody rates their own work.
                .. BySettled(facts.Settled)
                    .Where(s => s is { Rating: not null, IsOwn: false })
                    .Select(s => (Settled: s, IsSatisfied: s.Rating >= Satisfied))
                    .Select(s =>
                        OfCase(
                            s.Settled.Case,
                            s.Settled.Number,
                            s.Settled.At,
                            s.IsSatisfied,
                            s.IsSatisfied ? EvidenceNote.None : EvidenceNote.Unsatisfied
                        )
                    ),
            ],
            ScoreMeasure.Returns =>
            [
                .. facts
                    .Returns.OrderBy(r => r.At)
                    .ThenBy(r => r.Case)
                    .Select(r => OfCase(r.Case, r.Number, r.At, true, EvidenceNote.None)),
            ],
            ScoreMeasure.Tasks => [.. facts.Tasks.OrderBy(t => t.DueAt).ThenBy(t => t.Task).Select(OfTask)],
            _ => throw new NotSupportedException($"No measure {item.Measure}."),
        };

    static IEnumerable<SettledFact> BySettled(ImmutableArray<SettledFact> settled) => settled.OrderBy(s => s.At).ThenBy(s => s.Case);

    static ScoreEvidence OfDay(DateOnly day, RecordFact? record, EvidenceNote missing) =>
        new(
            EvidenceKind.Day,
            day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "",
            record?.At,
            record is not null,
            record is null ? missing
                : record.IsDoubted ? EvidenceNote.Doubted
                : EvidenceNote.None
        );

    static IEnumerable<(DateOnly Day, ScoreEvidence Evidence)> Visits(ScoreItem item, ImmutableArray<VisitFact> visits)
    {
        var seen = new HashSet<(DateOnly, Guid)>();
        foreach (var visit in visits.OrderBy(v => v.Record.At).ThenBy(v => v.Record.Id).ThenBy(v => v.Household))
        {
            if (!item.Purposes.IsEmpty && !item.Purposes.Contains(visit.Purpose))
                continue;
            var isFirst = seen.Add((visit.Day, visit.Household));
            var note =
                !isFirst ? EvidenceNote.Again
                : visit.Record.IsDoubted ? EvidenceNote.Doubted
                : EvidenceNote.None;
            yield return (visit.Day, new(EvidenceKind.Record, visit.Record.Id.ToString(), "", visit.Record.At, isFirst, note));
        }
    }

    /// <summary>What is beyond the limit of a day is shown, and doesn't count.</summary>
    static ImmutableArray<ScoreEvidence> Limited(ScoreItem item, IEnumerable<(DateOnly Day, ScoreEvidence Evidence)> all)
    {
        var counted = new Dictionary<DateOnly, int>();
        var evidence = ImmutableArray.CreateBuilder<ScoreEvidence>();
        foreach (var (day, one) in all)
        {
            var before = counted.GetValueOrDefault(day);
            if (one.Counts && before >= item.PerDay)
                evidence.Add(one with { Counts = false, Note = EvidenceNote.DayFull });
            else
                evidence.Add(one);
            if (one.Counts)
                counted[day] = before + 1;
        }
        return evidence.ToImmutable();
    }

    static ScoreEvidence OfMustVisit(MustVisitFact must)
    {
        var isDone = must.VisitedAt >= must.DueBefore;
        var note =
            isDone ? EvidenceNote.None
            : must.VisitedAt is null ? EvidenceNote.NeverVisited
            : EvidenceNote.Overdue;
        return new(EvidenceKind.Household, must.Household.ToString("N"), "", must.VisitedAt, isDone, note);
    }

    static ScoreEvidence OfReport(ReportFact report)
    {
        var note =
            report.IsDuplicate ? EvidenceNote.Duplicate
            : report.IsOwn ? EvidenceNote.Own
            : report is { IsClaimed: false, IsClosed: false } ? EvidenceNote.Waiting
            : EvidenceNote.None;
        return OfCase(report.Case, report.Number, report.At, note == EvidenceNote.None, note);
    }

    static ScoreEvidence OfCase(Guid id, string number, DateTimeOffset at, bool counts, EvidenceNote note) =>
        new(EvidenceKind.Case, id.ToString("N"), number, at, counts, note);

    static ScoreEvidence OfTask(TaskFact task)
    {
        var note =
            task.IsExcused ? EvidenceNote.Excused
            : task.DoneAt is null ? EvidenceNote.NotDone
            : task.IsLate ? EvidenceNote.Late
            : EvidenceNote.None;
        return new(EvidenceKind.Task, task.Task.ToString("N"), task.Title, task.DoneAt ?? task.DueAt, note == EvidenceNote.None, note);
    }
}
