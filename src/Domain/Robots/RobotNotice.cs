using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Robots;

/// <summary>
/// Something that a robot tells its group of a case. It has names in the robot's language, and none of a person: titles, details and
/// reasons are written by people and may name somebody, so a group reads the number, the category and the area.
/// </summary>
/// <param name="Clock">The clock that warned or ran out; null where there is none.</param>
/// <param name="About">The level to which the case climbed, or the number of the notice or of the consultation; empty otherwise.</param>
/// <param name="DueAt">When the clock runs out, or by when an answer or the opinions are owed; with the offset of the place.</param>
/// <param name="At">When it happened.</param>
/// <param name="IsLate">Its clock ran out while the service was down.</param>
public sealed record RobotNotice(
    RobotEvent Event,
    string Number,
    string Category,
    string Area,
    ClockName? Clock,
    string About,
    DateTimeOffset? DueAt,
    DateTimeOffset At,
    bool IsLate
);
