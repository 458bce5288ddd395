using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;

namespace GridActors.Storage.Cases;

/// <summary>The filters of a list of cases.</summary>
/// <param name="Under">The area; cases below it are included.</param>
/// <param name="Viewer">Confidential cases are listed only for people they concern.</param>
public sealed record CaseFilter(AreaNode Under, PersonId Viewer)
{
    public IReadOnlyList<CaseStatus> Statuses { get; init; } = [];
    public string? Category { get; init; }

    /// <summary>The categories of a class; null for all.</summary>
    public IReadOnlyList<string>? Categories { get; init; }
    public PersonId? Claimant { get; init; }
    public PersonId? Reporter { get; init; }

    /// <summary>A case is listed when it has all of them.</summary>
    public IReadOnlyList<SearchWord> Words { get; init; } = [];
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public DateTimeOffset? ClosedFrom { get; init; }
    public DateTimeOffset? ClosedTo { get; init; }
    public Urgency? Urgency { get; init; }

    /// <summary>The level to which a case climbed.</summary>
    public string? Level { get; init; }

    /// <summary>Only cases that stand on a level of the ladder.</summary>
    public bool Escalated { get; init; }
    public DateTimeOffset? DueBefore { get; init; }
    public CaseOrder Order { get; init; }

    /// <summary>The last case of the page before: the time of the order, and the id.</summary>
    public (DateTimeOffset At, Guid Id)? After { get; init; }
    public int Limit { get; init; } = 50;
}

/// <summary>The order of a list of cases.</summary>
public enum CaseOrder
{
    /// <summary>The last reported comes first.</summary>
    Newest,

    /// <summary>The first reported comes first.</summary>
    Oldest,

    /// <summary>What is due next comes first, and what is overdue before that. Cases for which nothing is promised come last.</summary>
    Due,
}

/// <summary>
/// A word that is searched for. A case has it when its number, title or detail contains it, or when its category, its area or one of its
/// people is among those whose name contains it.
/// </summary>
public sealed record SearchWord(string Text)
{
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<string> Areas { get; init; } = [];
    public IReadOnlyList<string> People { get; init; } = [];
}
