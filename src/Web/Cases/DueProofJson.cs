using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;

namespace GridActors.Web.Cases;

/// <summary>How the due times of a case were counted, so that anybody can count them again by hand.</summary>
/// <param name="At">When it was made; a changed calendar counts otherwise later.</param>
/// <param name="Office">The office hours of a working day: pairs of opening and closing.</param>
/// <param name="Seasons">The parts of the year with other hours.</param>
/// <param name="Clocks">Every run of a clock, in the order of their starts.</param>
public sealed record DueProofJson(
    DateTimeOffset At,
    string TimeZone,
    IReadOnlyList<IReadOnlyList<string>> Office,
    IReadOnlyList<ProvenSeasonJson> Seasons,
    IReadOnlyList<ProvenClockJson> Clocks
)
{
    public static DueProofJson Of(CaseView view, LoadedPack pack, DateTimeOffset now)
    {
        var schedule = pack.Pack.WorkSchedule;
        return new(
            now,
            pack.Pack.TimeZone,
            HoursOf(schedule.Office),
            [.. schedule.Seasons.Select(s => new ProvenSeasonJson(s.From.ToString(), s.To.ToString(), HoursOf(s.Office)))],
            [.. view.Clocks.Select(c => ProvenClockJson.Of(c, pack.WorkingTime)).OfType<ProvenClockJson>()]
        );
    }

    static IReadOnlyList<IReadOnlyList<string>> HoursOf(OfficeHours office) =>
        [.. office.Intervals.Select(i => (IReadOnlyList<string>)[OfficeInterval.Write(i.Opens), OfficeInterval.Write(i.Closes)])];
}

/// <param name="From">The first day, as month and day.</param>
/// <param name="To">The last day.</param>
public sealed record ProvenSeasonJson(string From, string To, IReadOnlyList<IReadOnlyList<string>> Office);

/// <param name="Term">As the catalogue writes it.</param>
/// <param name="Provisional">The official calendar of a year on the way isn't published.</param>
/// <param name="Stages">From its start to its due time, and one more for every extension.</param>
public sealed record ProvenClockJson(
    string Name,
    string Term,
    DateTimeOffset StartedAt,
    DateTimeOffset DueAt,
    string State,
    DateTimeOffset? BreachedAt,
    DateTimeOffset? MetAt,
    bool Provisional,
    IReadOnlyList<ProvenStageJson> Stages
)
{
    /// <returns>Null for a term that only a later version can read.</returns>
    public static ProvenClockJson? Of(CaseClock clock, WorkingTime time) =>
        Domain.Clocks.Term.Parse(clock.Term) is not { } term
            ? null
            : new(
                ApiNames.Of(clock.Name),
                clock.Term,
                clock.StartedAt,
                clock.DueAt,
                ApiNames.Of(clock.State),
                clock.BreachedAt,
                clock.State == ClockState.Met ? clock.EndedAt : null,
                clock.Provisional,
                [.. DueStage.Of(time, ClockMoves.RunOf(clock, term)).Stages.Select(ProvenStageJson.Of)]
            );
}

/// <param name="Extension">It goes on from the due time before, by an extension that was granted.</param>
/// <param name="Days">Every day that was counted, left out or held; none for minutes and hours, which run on without a stop.</param>
/// <param name="Pauses">The pauses that are over.</param>
public sealed record ProvenStageJson(
    string Term,
    bool Extension,
    DateTimeOffset From,
    DateTimeOffset DueAt,
    IReadOnlyList<ProvenDayJson> Days,
    IReadOnlyList<ProvenPauseJson> Pauses
)
{
    public static ProvenStageJson Of(DueStage stage)
    {
        var number = 0;
        return new(
            stage.Term.ToString(),
            stage.IsExtension,
            stage.From,
            stage.Due,
            [.. stage.Days().Select(d => ProvenDayJson.Of(d, d.Use == DayUse.Counted ? ++number : null))],
            [.. stage.Pauses.Select(p => new ProvenPauseJson(p.From, p.To))]
        );
    }
}

/// <param name="Use"><c>counted</c>, <c>skipped</c>, <c>held</c> (in a pause) or <c>unused</c> (after office hours).</param>
/// <param name="Kind"><c>weekday</c>, <c>weekend</c>, <c>holiday</c>, <c>makeUp</c>, <c>closure</c> or <c>extra</c>.</param>
/// <param name="Name">The occasion, or the reason of the place; empty for an ordinary day.</param>
/// <param name="Number">Which of the counted days it is, from 1.</param>
/// <param name="Minutes">The office time that was counted, for a term of working hours.</param>
public sealed record ProvenDayJson(DateOnly Date, string Use, string Kind, string Name, string NameEn, int? Number, long Minutes)
{
    public static ProvenDayJson Of(UsedDay day, int? number) =>
        new(day.Date, ApiNames.Of(day.Use), ApiNames.Of(day.Day.Kind), day.Day.Name, day.Day.NameEn, number, (long)day.Worked.TotalMinutes);
}

public sealed record ProvenPauseJson(DateTimeOffset From, DateTimeOffset To);
