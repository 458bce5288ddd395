using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Web.Areas;
using GridActors.Web.Problems;

namespace GridActors.Web.Cases;

/// <summary>A case as lists show it.</summary>
public record CaseSummaryJson
{
    public required string Id { get; init; }
    public required string Number { get; init; }
    public required string Status { get; init; }
    public required string? Outcome { get; init; }
    public required string Category { get; init; }
    public required string CategoryName { get; init; }
    public required string CategoryNameEn { get; init; }
    public required string Class { get; init; }
    public required string ClassEn { get; init; }
    public required string Area { get; init; }
    public required string AreaName { get; init; }

    /// <summary>In lists and messages with numbers of phones and resident cards masked.</summary>
    public required string Title { get; init; }
    public required bool Confidential { get; init; }
    public required string Reporter { get; init; }
    public required string ReporterName { get; init; }
    public required string? Claimant { get; init; }
    public required string? ClaimantName { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public required DateTimeOffset? ClaimedAt { get; init; }
    public required DateTimeOffset? ResolvedAt { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int Version { get; init; }

    /// <summary>The next moment by which something was promised; null when nothing is.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>The term of the clock that is due then, as the catalogue writes it.</summary>
    public required string? DueTerm { get; init; }

    /// <summary>How much is left until then, when this was answered or pushed; null when nothing is promised.</summary>
    public required RemainingJson? Remaining { get; init; }

    /// <summary>A clock has warned, and none has run out.</summary>
    public required bool DueSoon { get; init; }

    /// <summary>A clock has run out, and what it waits for still hasn't happened.</summary>
    public required bool Overdue { get; init; }

    /// <summary>The level to which it climbed; null while those have it whom its category or its department names.</summary>
    public required string? Level { get; init; }
    public required string? LevelName { get; init; }
    public required string? LevelNameEn { get; init; }

    /// <summary>Its first photo, of which a list shows the thumbnail; null when there is none.</summary>
    public required string? Photo { get; init; }

    /// <param name="now">Null for what is said right after the case's last step.</param>
    public static CaseSummaryJson Of(ICaseSummary summary, LoadedPack pack, DateTimeOffset? now = null)
    {
        var category = pack.CategoryOf(summary.Category);
        var level = summary.Level is { } id ? pack.LevelOf(id) : null;
        return new()
        {
            Id = summary.Id.ToString("N"),
            Number = summary.Number,
            Status = ApiNames.Of(summary.Status),
            Outcome = ApiNames.Of(summary.Outcome),
            Category = summary.Category,
            CategoryName = category?.Name ?? summary.Category,
            CategoryNameEn = category?.NameEn ?? summary.Category,
            Class = category?.Class ?? "",
            ClassEn = category?.ClassEn ?? "",
            Area = summary.Area.Code,
            AreaName = pack.Areas.GetValueOrDefault(summary.Area.Code)?.Name ?? summary.Area.Code,
            Title = NumbersInText.Mask(summary.Title),
            Confidential = summary.Confidential,
            Reporter = summary.Reporter.Id,
            ReporterName = pack.NameOf(summary.Reporter),
            Claimant = summary.Claimant?.Id,
            ClaimantName = summary.Claimant is { } claimant ? pack.NameOf(claimant) : null,
            ReportedAt = summary.ReportedAt,
            ClaimedAt = summary.ClaimedAt,
            ResolvedAt = summary.ResolvedAt,
            ClosedAt = summary.ClosedAt,
            UpdatedAt = summary.UpdatedAt,
            Version = summary.Version,
            DueAt = summary.DueAt,
            DueTerm = summary.DueTerm,
            Remaining = RemainingJson.Of(summary, pack.WorkingTime, now ?? summary.UpdatedAt),
            DueSoon = summary.Urgency == Urgency.DueSoon,
            Overdue = summary.Urgency == Urgency.Overdue,
            Level = summary.Level,
            LevelName = level?.Name,
            LevelNameEn = level?.NameEn,
            Photo = summary.Photo,
        };
    }
}

/// <param name="Total">
/// How many cases there are on all pages; null on any page but the first.
/// </param>
/// <param name="TotalIsExact">False when there are more cases than were counted; null without a total.</param>
public sealed record CaseListJson(IReadOnlyList<CaseSummaryJson> Items, string? Next, int? Total, bool? TotalIsExact)
{
    public static CaseListJson Of(IReadOnlyList<CaseSummaryJson> items, string? next, int? counted) =>
        new(
            items,
            next,
            counted is { } total ? Math.Min(total, CaseQueries.CountedAtMost) : null,
            counted is null ? null : counted <= CaseQueries.CountedAtMost
        );
}

public sealed record CasePhotoJson(string Id, string Step);

/// <summary>A level to which a case can climb.</summary>
/// <param name="Area">The area of that level: its posts have the case there.</param>
/// <param name="Here">The case stands there.</param>
/// <param name="Vacant">Nobody holds a post of this level, so that the case passes it over.</param>
public sealed record LadderStepJson(string Level, string Name, string NameEn, string Area, string AreaName, bool Here, bool Vacant)
{
    public static LadderStepJson Of(LadderStep step, AreaNode at, bool isVacant, CaseView view) =>
        new(step.Level, at.Level.Name, at.Level.NameEn, at.Code, at.Name, view.Level == step.Level, isVacant);
}

/// <summary>A case with everything but its history.</summary>
public sealed record CaseJson : CaseSummaryJson
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    internal CaseJson(CaseSummaryJson summary)
        : base(summary) { }

    public string Detail { get; init; } = "";
    public PositionJson? Position { get; init; }
    public IReadOnlyList<CasePhotoJson> Photos { get; init; } = [];
    public string? Department { get; init; }
    public string? DepartmentName { get; init; }
    public int? Rating { get; init; }
    public IReadOnlyList<PlaceJson> AreaPath { get; init; } = [];
    public IReadOnlyList<string> OfferedTo { get; init; } = [];

    /// <summary>Those whom it was offered to, and its claimant where somebody handed it to them.</summary>
    public IReadOnlyList<CaseRecipientJson> Recipients { get; init; } = [];
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Every run of a clock, in the order of their starts.</summary>
    public IReadOnlyList<ClockJson> Clocks { get; init; } = [];

    /// <summary>Its supervision notices, in their order.</summary>
    public IReadOnlyList<SupervisionJson> Supervisions { get; init; } = [];

    /// <summary>When, by whom and why it was returned to be done again, in their order.</summary>
    public IReadOnlyList<CaseReturnJson> Returns { get; init; } = [];

    /// <summary>How often it can be returned; then the next level decides for good. Null for no limit.</summary>
    public int? MaxReturns { get; init; }

    /// <summary>The earlier case of the same matter into which it was merged.</summary>
    public MainCaseJson? MergedInto { get; init; }

    /// <summary>The later cases of the same matter that were merged into it.</summary>
    public IReadOnlyList<DuplicateCaseJson> Duplicates { get; init; } = [];

    /// <summary>The cases that have to do with it, in the order in which they were linked.</summary>
    public IReadOnlyList<CaseLinkJson> Links { get; init; } = [];

    /// <summary>The household that it is about; null for none. Its id tells nothing to who may not read households there.</summary>
    public string? Household { get; init; }

    /// <summary>How it was settled by mediation.</summary>
    public MediationJson? Mediation { get; init; }

    /// <summary>For a case that is to be settled by mediation: at which levels it can be.</summary>
    public MediationChoiceJson? MediationLevels { get; init; }

    /// <summary>Until when a closed case can be reopened; null where it can be always, and for a case that isn't closed.</summary>
    public DateTimeOffset? ReopenUntil { get; init; }

    /// <summary>Its handovers to other systems, in their order.</summary>
    public IReadOnlyList<ForwardJson> Forwards { get; init; } = [];

    /// <summary>The consultations about it, in their order.</summary>
    public IReadOnlyList<CaseConsultationJson> Consultations { get; init; } = [];

    /// <summary>The ledgers on which it waits for meetings.</summary>
    public IReadOnlyList<LedgerItemJson> Ledger { get; init; } = [];

    /// <summary>The tasks that decisions about it gave, in their order.</summary>
    public IReadOnlyList<CaseTaskJson> Tasks { get; init; } = [];

    /// <summary>
    /// The levels to which it can climb, the lowest first. Empty in the answer to a step of a case that has never climbed.
    /// </summary>
    public IReadOnlyList<LadderStepJson> Ladder { get; init; } = [];

    /// <summary>Whether the clocks stand still (挂起).</summary>
    public bool Paused { get; init; }

    /// <summary>A request for a pause or a later due time that waits for a decision.</summary>
    public TimeRequestJson? Request { get; init; }

    /// <param name="now">Null for the answer to a step.</param>
    /// <param name="explains">Whether the due times are explained, and the ladder is told.</param>
    public static CaseJson Of(CaseView view, CaseSteps actions, LoadedPack pack, DateTimeOffset? now = null, bool explains = false)
    {
        var area = pack.Areas.GetValueOrDefault(view.Area.Code);
        return new(Of(view, pack, now))
        {
            // Whoever opens the case works on it, and may have to call.
            Title = view.Title,
            Detail = view.Detail,
            Position = view.Position is { } position ? new(position.Lon, position.Lat) : null,
            Photos = [.. view.Photos.Select(p => new CasePhotoJson(p.Id, ApiNames.Of(p.Step)))],
            Department = view.Department,
            DepartmentName = view.Department is { } department ? pack.DepartmentOf(department)?.Name : null,
            Rating = view.Rating,
            AreaPath = area is null ? [] : AreaJson.PathOf(area),
            OfferedTo = [.. view.OfferedTo.Select(p => p.Id)],
            Recipients = area is null ? [] : [.. CaseRecipientJson.Of(view, area, pack, explains ? now : null)],
            Actions = ApiNames.Of(actions),
            Clocks = [.. view.Clocks.Select(c => ClockJson.Of(c, explains ? pack.WorkingTime : null))],
            Paused = ClockMoves.IsPaused(view),
            Request = TimeRequestJson.Of(view.Request, pack),
            Forwards = [.. view.Forwards.Select(f => ForwardJson.Of(f, pack))],
            Supervisions = [.. view.Supervisions.Select(n => SupervisionJson.Of(n, pack))],
            Returns = [.. view.Returns.Select(r => CaseReturnJson.Of(r, pack))],
            Links = [.. view.Links.Select(l => CaseLinkJson.Of(l, pack))],
            Household = view.Household?.ToString("N"),
            Mediation = MediationJson.Of(view.Mediation, pack),
            MediationLevels = MediationChoiceJson.Of(view, pack),
            MergedInto = MainCaseJson.Of(view.MergedInto),
            Duplicates = [.. view.Duplicates.Select(d => DuplicateCaseJson.Of(d)!)],
            ReopenUntil = pack.ReopenUntil(view.Category, view.ClosedAt),
            MaxReturns = pack.MaxReturnsOf(pack.CategoryOf(view.Category)) is > 0 and var max ? max : null,
            Consultations = [.. view.Consultations.Select(c => CaseConsultationJson.Of(c, pack))],
            Ledger = [.. view.Ledger.Select(i => LedgerItemJson.Of(i, pack))],
            Tasks = [.. view.Tasks.Select(t => CaseTaskJson.Of(t, pack, now))],
            Ladder =
                !explains && view.Ladder is null
                    ? []
                    : [.. CaseLadder.Steps(pack, view).Select(s => LadderStepJson.Of(s.Step, s.At, s.IsVacant, view))],
        };
    }
}

/// <summary>A clock that a step moved, and when it is due since.</summary>
public sealed record MovedClockJson(string Clock, DateTimeOffset DueAt, bool Provisional);

/// <summary>A request for time that waits for a decision.</summary>
/// <param name="Kind"><c>pause</c> or <c>extension</c>.</param>
/// <param name="Term">For an extension: how much later.</param>
/// <param name="Approvers">Who is asked; people above may decide, too.</param>
public sealed record TimeRequestJson(
    string Kind,
    string? Term,
    string By,
    string ByName,
    DateTimeOffset At,
    IReadOnlyList<string> Approvers
)
{
    public static TimeRequestJson? Of(TimeRequest? request, LoadedPack pack) =>
        request is null
            ? null
            : new(
                request.Kind == TimeRequestKind.Pause ? "pause" : "extension",
                request.Term,
                request.By.Id,
                pack.NameOf(request.By),
                request.At,
                [.. request.Approvers.Select(pack.NameOf)]
            );
}

/// <param name="Clock">The clock that the step is of, or that made the case climb.</param>
/// <param name="Level">The level to which the step brought the case.</param>
/// <param name="Vacant">The levels that an escalation passed over, because nobody held a post of theirs.</param>
/// <param name="Notice">The number of the supervision notice, the consultation or the meeting that the step is about.</param>
/// <param name="Party">The party of a consultation whose opinion the step is.</param>
/// <param name="Main">The case into which it was merged; for <c>main-stepped</c>, with the status that it has since.</param>
/// <param name="Duplicate">The case that was merged into this one.</param>
/// <param name="Linked">The case that it was linked with.</param>
/// <param name="AfterReturns">The case climbed, because it was returned as often as the catalogue allows.</param>
public sealed record CaseStepJson(
    int Sequence,
    DateTimeOffset At,
    string By,
    string ByName,
    string Step,
    string Status,
    string? Text,
    string? To,
    string? ToName,
    string? From,
    string? FromName,
    IReadOnlyList<string> Photos,
    string? Clock,
    string? Level,
    string? LevelName,
    string? LevelNameEn,
    IReadOnlyList<Level> Vacant,
    string? Term,
    IReadOnlyList<MovedClockJson> Moved,
    string? Notice,
    bool AfterReturns,
    string? Party,
    string? PartyEn,
    MainCaseJson? Main,
    DuplicateCaseJson? Duplicate,
    MediationJson? Mediation,
    LinkedCaseJson? Linked
)
{
    public static CaseStepJson Of(CaseHistoryItem item, LoadedPack pack) =>
        new(
            item.Sequence,
            item.At,
            item.By.Id,
            pack.NameOf(item.By),
            ApiNames.Of(item.Step),
            ApiNames.Of(item.Status),
            item.Text,
            item.To?.Id,
            item.To is { } to ? pack.NameOf(to) : null,
            item.From?.Id,
            item.From is { } from ? pack.NameOf(from) : null,
            item.Photos,
            item.Clock is { } clock ? ApiNames.Of(clock) : null,
            item.Level,
            item.Level is { } level ? pack.LevelOf(level).Name : null,
            item.Level is { } levelEn ? pack.LevelOf(levelEn).NameEn : null,
            [.. item.Vacant.Select(pack.LevelOf)],
            item.Term?.ToString(),
            [.. item.Moved.Select(m => new MovedClockJson(ApiNames.Of(m.Clock), m.DueAt, m.Provisional))],
            item.Notice,
            item.AfterReturns,
            PartyOf(item, pack)?.Name ?? item.Party,
            PartyOf(item, pack)?.NameEn ?? item.Party,
            MainCaseJson.Of(item.Main),
            DuplicateCaseJson.Of(item.Duplicate),
            MediationJson.Of(item.Mediation, pack),
            LinkedCaseJson.Of(item.Linked)
        );

    static PartyRule? PartyOf(CaseHistoryItem item, LoadedPack pack) =>
        pack.Pack.Consultation.Parties.FirstOrDefault(p => p.Id == item.Party);
}
