using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Packs;
using GridActors.Storage.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Consultations;
using GridActors.Web.Live;

namespace GridActors.Web.Areas;

public sealed record ListJson<T>(IReadOnlyList<T> Items, string? Next);

public sealed record PlaceJson(string Code, string Name, string Level);

public sealed record AreaJson(
    string Code,
    string Name,
    string Level,
    string LevelName,
    string LevelNameEn,
    string Kind,
    bool Generated,
    string? Parent,
    IReadOnlyList<PlaceJson> Path,
    int Children
)
{
    public static AreaJson Of(AreaNode area) =>
        new(
            area.Code,
            area.Name,
            area.Level.Id,
            area.Level.Name,
            area.Level.NameEn,
            area.Kind,
            area.Generated,
            area.Parent?.Code,
            PathOf(area),
            area.Children.Count
        );

    /// <summary>From the root to the area itself.</summary>
    public static IReadOnlyList<PlaceJson> PathOf(AreaNode area) =>
        [.. area.Upwards().Reverse().Select(a => new PlaceJson(a.Code, a.Name, a.Level.Id))];
}

/// <param name="AwayUntil">When somebody who is on leave is back; null for those who aren't.</param>
public sealed record HolderJson(
    string Person,
    string Name,
    string Post,
    string PostName,
    string PostNameEn,
    string Area,
    string AreaName,
    DateTimeOffset? AwayUntil
)
{
    public static HolderJson Of(LoadedPack pack, PersonId person, Post post, AreaNode area, DateTimeOffset now) =>
        new(person.Id, pack.NameOf(person), post.Id, post.Name, post.NameEn, area.Code, area.Name, pack.Leaves.Of(person, now)?.To);
}

/// <summary>The ledger's figures, as <c>/api/areas/{code}/households/summary</c> counts them; special groups are only there.</summary>
/// <param name="Complete">Households whose facts were confirmed in time.</param>
public sealed record HouseholdCountsJson(
    int Households,
    int Residents,
    int Registered,
    int Migrant,
    int Absent,
    int Complete,
    int Stale,
    int NeverVisited,
    int CertificatesLapsing
)
{
    public static HouseholdCountsJson Of(HouseholdCounts c) =>
        new(
            c.Households,
            c.Residents,
            c.Registered,
            c.Migrant,
            c.Absent,
            c.Households - c.Stale,
            c.Stale,
            c.NeverVisited,
            c.CertificatesLapsing
        );
}

/// <summary>The workers' figures.</summary>
/// <param name="OnDuty">Workers who are on duty now; each is counted in their own grid.</param>
/// <param name="OnPatrol">Of them, those on patrol.</param>
/// <param name="VisitsDue">
/// Households that must be visited this week, as their special groups ask; with those that were. Null where the place keeps none, and for
/// who may not read them.
/// </param>
/// <param name="VisitsDone">Of them, those that were visited this week.</param>
public sealed record DutyCountsJson(
    int OnDuty,
    int OnPatrol,
    int CheckInsToday,
    int VisitsToday,
    int PatrolsToday,
    int? VisitsDue,
    int? VisitsDone
)
{
    public static DutyCountsJson Of(DutyCounts c, LoadedPack pack) =>
        new(
            c.OnDuty,
            c.OnPatrol,
            c.CheckInsToday,
            c.VisitsToday,
            c.PatrolsToday,
            pack.Pack.Households is null ? null : c.VisitsDue,
            pack.Pack.Households is null ? null : c.VisitsDone
        );

    /// <summary>For who may not read households: how many must be visited tells how many have somebody in a special group.</summary>
    public DutyCountsJson WithoutLedger() => this with { VisitsDue = null, VisitsDone = null };
}

/// <summary>The to-dos of tasks that were sent down.</summary>
/// <param name="Late">Those of the open ones whose time is over.</param>
public sealed record TaskCountsJson(int Open, int DoneToday, int Late);

/// <param name="Households">Null where the place keeps none, and for who may not read households in the whole area.</param>
public sealed record CountsJson(
    int Reported,
    int Open,
    int Unclaimed,
    int Claimed,
    int Resolved,
    int DueSoon,
    int Overdue,
    int Closed,
    int Explained,
    int ReportedToday,
    int ClosedToday,
    int Escalated,
    int Supervised,
    HouseholdCountsJson? Households = null,
    DutyCountsJson? Duty = null,
    TaskCountsJson? Tasks = null
)
{
    /// <summary>For who may not read households.</summary>
    public CountsJson WithoutLedger() => this with { Households = null, Duty = Duty?.WithoutLedger() };

    public static CountsJson Of(AreaCounts c, LoadedPack pack) =>
        new(
            c.Reported,
            c.Open,
            c.Unclaimed,
            c.Claimed,
            c.Resolved,
            c.DueSoon,
            c.Overdue,
            c.Closed,
            c.Explained,
            c.ReportedToday,
            c.ClosedToday,
            c.Escalated,
            c.Supervised,
            pack.Pack.Households is null ? null : HouseholdCountsJson.Of(c.Households),
            DutyCountsJson.Of(c.Duty, pack),
            new(c.Tasks.Open, c.Tasks.DoneToday, c.Tasks.Late)
        );
}

public sealed record ChildJson(string Code, string Name, CountsJson Counts)
{
    public static ChildJson Of(ChildCounts child, LoadedPack pack) =>
        new(child.Area.Code, pack.Areas.GetValueOrDefault(child.Area.Code)?.Name ?? child.Area.Code, CountsJson.Of(child.Counts, pack));
}

/// <param name="Clock">The clock that ran out in this step; null where none did.</param>
public sealed record TickerJson(
    DateTimeOffset At,
    string Step,
    string Status,
    string CaseId,
    string Number,
    string Area,
    string AreaName,
    string Category,
    string CategoryName,
    string CategoryNameEn,
    string Title,
    string By,
    string ByName,
    string? Clock
)
{
    public static TickerJson Of(TickerItem item, LoadedPack pack)
    {
        var category = pack.CategoryOf(item.Category);
        return new(
            item.At,
            ApiNames.Of(item.Step),
            ApiNames.Of(item.Status),
            item.Case.ToString("N"),
            item.Number,
            item.Area.Code,
            pack.Areas.GetValueOrDefault(item.Area.Code)?.Name ?? item.Area.Code,
            item.Category,
            category?.Name ?? item.Category,
            category?.NameEn ?? item.Category,
            NumbersInText.Mask(item.Title),
            item.By.Id,
            pack.NameOf(item.By),
            item.Clock is { } clock ? ApiNames.Of(clock) : null
        );
    }
}

/// <param name="RankBy">What the pack ranks the children by: <c>unclaimed</c>, <c>dueSoon</c>, <c>overdue</c> or <c>open</c>.</param>
public sealed record BoardJson(
    long Epoch,
    long Sequence,
    AreaJson Area,
    DateTimeOffset AsOf,
    DateOnly Day,
    CountsJson Counts,
    IReadOnlyList<ChildJson> Children,
    IReadOnlyList<TickerJson> Ticker,
    string RankBy
)
{
    /// <param name="frame">A full frame.</param>
    public static BoardJson Of(AreaFrameJson frame, AreaNode area, LoadedPack pack) =>
        new(
            frame.Epoch,
            frame.Sequence,
            AreaJson.Of(area),
            frame.AsOf,
            frame.Day,
            frame.Counts,
            frame.Children,
            frame.Ticker,
            ApiNames.Of(pack.Pack.RankBy)
        );
}

public sealed record CategoryCountJson(string Category, string Name, string NameEn, int Reported, int Open, int DueSoon, int Overdue)
{
    public static CategoryCountJson Of(CategoryCount count, LoadedPack pack)
    {
        var category = pack.CategoryOf(count.Category);
        return new(
            count.Category,
            category?.Name ?? count.Category,
            category?.NameEn ?? count.Category,
            count.Reported,
            count.Open,
            count.DueSoon,
            count.Overdue
        );
    }
}

/// <summary>The cases of a class (大类) of categories.</summary>
public sealed record ClassCountJson(string Name, string NameEn, int Reported, int Open, int DueSoon, int Overdue)
{
    /// <returns>The class with the most open cases first. Categories that the pack never had are in none.</returns>
    public static IReadOnlyList<ClassCountJson> Of(IReadOnlyList<CategoryCount> categories, LoadedPack pack) =>
        [
            .. categories
                .Select(c => (Count: c, Category: pack.CategoryOf(c.Category)))
                .Where(c => c.Category is not null)
                .GroupBy(c => c.Category!.Class)
                .Select(g => new ClassCountJson(
                    g.Key,
                    g.First().Category!.ClassEn is { Length: > 0 } english ? english : g.Key,
                    g.Sum(c => c.Count.Reported),
                    g.Sum(c => c.Count.Open),
                    g.Sum(c => c.Count.DueSoon),
                    g.Sum(c => c.Count.Overdue)
                ))
                .OrderByDescending(c => c.Open)
                .ThenByDescending(c => c.Reported),
        ];
}

public sealed record StatisticsJson(
    DateOnly Day,
    IReadOnlyList<HourCount> Hours,
    IReadOnlyList<DayCount> Days,
    IReadOnlyList<CategoryCountJson> Categories,
    IReadOnlyList<ClassCountJson> Classes,
    IReadOnlyList<CaseSummaryJson> Waiting,
    ConsultationFiguresJson? Consultations,
    MediationFiguresJson? Mediations
);

/// <summary>The disputes that were settled by mediation in a year, without confidential ones.</summary>
public sealed record MediationFiguresJson(int Year, IReadOnlyList<MediationCountJson> Levels);

/// <summary>The disputes that were mediated at a level.</summary>
/// <param name="Agreed">How many of these ended in an agreement.</param>
public sealed record MediationCountJson(string Level, string LevelName, string LevelNameEn, int Mediated, int Agreed);
