using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Robots;

/// <summary>Decides what a step of a case gives a robot to tell.</summary>
public static class RobotNotices
{
    /// <param name="before">Null when the case was reported just now.</param>
    /// <param name="lateAfter">A clock that is recorded so long after its moment passed while the service was down.</param>
    public static IEnumerable<RobotNotice> Of(CaseView? before, CaseView now, GroupRobot robot, LoadedPack pack, TimeSpan lateAfter)
    {
        // What the group reads of a confidential case would be known outside the circle that it concerns.
        if (now.Confidential || !IsInReach(now, robot, pack))
            yield break;
        var place = pack.Areas.GetValueOrDefault(now.Area.Code);
        var category = pack.CategoryOf(now.Category);
        var isLate = false;
        foreach (var clock in now.Clocks)
        {
            var was = before?.Clocks.FirstOrDefault(c => c.Name == clock.Name && c.StartedAt == clock.StartedAt);
            if (clock.BreachedAt is { } breached && was?.BreachedAt is null && IsOwed(clock.Name))
            {
                isLate |= breached - clock.DueAt > lateAfter;
                if (robot.Events.Contains(RobotEvent.Breached))
                    yield return Notice(RobotEvent.Breached, clock.Name, "", clock.DueAt, breached - clock.DueAt > lateAfter);
            }
            // A warning that is late says nothing any more: it is recorded in the case, and the next thing to tell is the breach.
            var isWarned = clock.State == ClockState.Warned && was?.State == ClockState.Running && IsOwed(clock.Name);
            if (isWarned && robot.Events.Contains(RobotEvent.Warned) && now.UpdatedAt - clock.WarnAt <= lateAfter)
                yield return Notice(RobotEvent.Warned, clock.Name, "", clock.DueAt, false);
        }
        if (now.Supervisions.Length > (before?.Supervisions.Length ?? 0) && robot.Events.Contains(RobotEvent.Supervised))
            yield return Notice(RobotEvent.Supervised, null, now.Supervisions[^1].Number, now.Supervisions[^1].DueAt, isLate);
        if (now.Consultations.Length > (before?.Consultations.Length ?? 0) && robot.Events.Contains(RobotEvent.Consulted))
            yield return Notice(RobotEvent.Consulted, null, now.Consultations[^1].Number, now.Consultations[^1].DueAt, isLate);
        if (Climbed(before, now) is { } level && robot.Events.Contains(RobotEvent.Escalated))
            yield return Notice(RobotEvent.Escalated, null, NameOf(level, robot, pack), null, isLate);

        RobotNotice Notice(RobotEvent what, ClockName? clock, string about, DateTimeOffset? dueAt, bool late) =>
            new(
                what,
                now.Number,
                Named(robot, category?.Name ?? now.Category, category?.NameEn),
                place?.Name ?? now.Area.Code,
                clock,
                about,
                dueAt is { } due ? TimeZoneInfo.ConvertTime(due, pack.TimeZone) : null,
                now.UpdatedAt,
                late
            );
    }

    /// <summary>Whether a clock is one that people are waited for. The others limit a claim, a pause and a settled case.</summary>
    static bool IsOwed(ClockName clock) => clock is not (ClockName.Idle or ClockName.Close or ClockName.Pause);

    static bool IsInReach(CaseView now, GroupRobot robot, LoadedPack pack) =>
        robot.Areas.IsEmpty
        || (pack.Areas.GetValueOrDefault(now.Area.Code) is { } area && area.Upwards().Any(a => robot.Areas.Contains(a.Code)));

    /// <returns>
    /// The level to which the case climbed; null when it didn't. What is sent back comes to a level through which it climbed.
    /// </returns>
    static string? Climbed(CaseView? before, CaseView now) =>
        now.Level is { } level && level != before?.Level && before?.Ladder?.Below.Contains(level) != true ? level : null;

    static string NameOf(string level, GroupRobot robot, LoadedPack pack) =>
        pack.Pack.Levels.FirstOrDefault(l => l.Id == level) is { } known ? Named(robot, known.Name, known.NameEn) : level;

    static string Named(GroupRobot robot, string name, string? nameEn) => robot.IsEnglish && !string.IsNullOrEmpty(nameEn) ? nameEn : name;
}
