using GridActors.Contracts.Areas;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.People;

namespace GridActors.Storage.FieldTasks;

/// <summary>One to-do as its row has it.</summary>
/// <param name="Person">Null where the to-do is the area's.</param>
/// <param name="At">When it was done or refused.</param>
/// <param name="TakenAt">When it was done, by a phone that had no signal then.</param>
/// <param name="Reason">Why it was refused or returned; empty otherwise.</param>
public sealed record TargetRow(
    Guid Task,
    AreaId Area,
    PersonId? Person,
    TargetStatus Status,
    bool IsLate,
    DateTimeOffset? ReadAt,
    PersonId? ReadBy,
    DateTimeOffset? RemindedAt,
    DateTimeOffset? At,
    PersonId? By,
    DateTimeOffset? TakenAt,
    string Note,
    IReadOnlyList<string> Photos,
    int? Count,
    IReadOnlyList<string> Ticked,
    string Reason,
    int Returned
)
{
    public TargetKey Key => new(Area.Code, Person?.Id);
}

/// <summary>How the to-dos of one area stand.</summary>
/// <param name="Count">The sum of what was counted, where the proof is a number.</param>
public readonly record struct TargetFigures(TaskTally Tally, int Recalled, long Count)
{
    public static TargetFigures operator +(TargetFigures a, TargetFigures b) =>
        new(
            new(
                a.Tally.Targets + b.Tally.Targets,
                a.Tally.Open + b.Tally.Open,
                a.Tally.Late + b.Tally.Late,
                a.Tally.Done + b.Tally.Done,
                a.Tally.DoneLate + b.Tally.DoneLate,
                a.Tally.Refused + b.Tally.Refused,
                a.Tally.Read + b.Tally.Read
            ),
            a.Recalled + b.Recalled,
            a.Count + b.Count
        );
}

/// <summary>Which of a pack's tasks are listed.</summary>
public enum TaskFilter
{
    All,

    /// <summary>Something is open.</summary>
    Open,

    /// <summary>Something is open, and its time is over.</summary>
    Late,

    /// <summary>Nothing is open.</summary>
    Finished,
    Recalled,
}
