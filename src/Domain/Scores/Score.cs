using System.Collections.Immutable;

namespace GridActors.Domain.Scores;

/// <summary>What a piece of evidence is.</summary>
public enum EvidenceKind
{
    /// <summary>A day of the worker; its id is the date.</summary>
    Day,

    /// <summary>A record of field work.</summary>
    Record,
    Household,
    Case,
    Task,
}

/// <summary>Why a piece of evidence counts, or doesn't.</summary>
public enum EvidenceNote
{
    None,

    /// <summary>It counts, and a head has yet to look at a doubt.</summary>
    Doubted,

    /// <summary>No record says that the person was on duty.</summary>
    NotOnDuty,
    NoPatrol,

    /// <summary>The same household was visited before on that day.</summary>
    Again,

    /// <summary>As many as count on that day were there already.</summary>
    DayFull,
    Overdue,
    NeverVisited,

    /// <summary>Nobody works on it yet.</summary>
    Waiting,

    /// <summary>It is the same matter as another case.</summary>
    Duplicate,

    /// <summary>The person reported it to themself.</summary>
    Own,
    Late,
    NotDone,

    /// <summary>It was refused with a reason, and counts nowhere.</summary>
    Excused,
    Unsatisfied,
}

/// <summary>An event behind a line.</summary>
/// <param name="Id">Of the day, record, household, case or task.</param>
/// <param name="Label">A register number or a title; empty where there is none.</param>
/// <param name="Counts">It earned its part, or, where the item deducts, cost it.</param>
public sealed record ScoreEvidence(
    EvidenceKind Kind,
    string Id,
    string Label,
    DateTimeOffset? At,
    bool Counts,
    EvidenceNote Note = EvidenceNote.None
);

/// <summary>An item of the score with everything behind it.</summary>
/// <param name="Points">With two decimals; below zero where the item deducts.</param>
/// <param name="Of">How much could be earned; 0 when it doesn't apply, or deducts.</param>
/// <param name="Applies">False when there was nothing to be done: such an item counts in no full marks.</param>
/// <param name="Measured">How many counted.</param>
/// <param name="OutOf">Of how many; null for a number that is compared with nothing.</param>
public sealed record ScoreLine(
    ScoreItem Item,
    decimal Points,
    decimal Of,
    bool Applies,
    decimal Measured,
    decimal? OutOf,
    ImmutableArray<ScoreEvidence> Evidence
);

/// <summary>A person's score of a month by some rules.</summary>
/// <param name="Points">Never below zero.</param>
/// <param name="Of">What could be earned by the items that apply.</param>
/// <param name="Mark">The points as a part of the rules' full marks, with two decimals; null when nothing applies.</param>
public sealed record Score(
    ScoreMonth Month,
    int RulesVersion,
    string Post,
    decimal Points,
    decimal Of,
    decimal? Mark,
    int FullMarks,
    ScoreDays Days,
    ImmutableArray<ScoreLine> Lines
);

/// <summary>By how many days the score is normalised.</summary>
/// <param name="Working">Days of the month so far on which people were to work, leave included.</param>
public sealed record ScoreDays(int Working, int Leave, int Expected, int OnDuty);
