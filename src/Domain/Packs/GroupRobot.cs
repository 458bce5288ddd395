using System.Collections.Immutable;

namespace GridActors.Domain.Packs;

/// <summary>What a ranking of areas is by: the most of it comes first.</summary>
public enum BoardRank
{
    Unclaimed,
    DueSoon,
    Overdue,
    Open,
}

/// <summary>A robot of a group chat. Its key is a setting, because whoever has the key can write to the group.</summary>
/// <param name="Areas">It tells of cases there; empty for all of the pack.</param>
/// <param name="Events">What it tells of.</param>
/// <param name="IsEnglish">Whether it writes English. Otherwise it writes Chinese.</param>
public sealed record GroupRobot(
    string Id,
    string Name,
    string NameEn,
    ImmutableArray<string> Areas,
    ImmutableArray<RobotEvent> Events,
    bool IsEnglish
);

/// <summary>What a robot of a group chat can tell of, the most urgent first. The names are stored.</summary>
public enum RobotEvent
{
    /// <summary>A clock ran out.</summary>
    Breached,

    /// <summary>A case climbed.</summary>
    Escalated,

    /// <summary>A supervision notice was issued.</summary>
    Supervised,

    /// <summary>A consultation was called.</summary>
    Consulted,

    /// <summary>A clock is due soon.</summary>
    Warned,
}
