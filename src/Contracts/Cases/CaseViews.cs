using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>Where a case stands in its life. The numbers are stored: never change or reuse one.</summary>
public enum CaseStatus : byte
{
    /// <summary>Offered to its recipients, claimed by none (未认领).</summary>
    Offered = 1,
    Claimed = 2,

    /// <summary>Its claimant is at the place (到场).</summary>
    OnSite = 3,

    /// <summary>Solved, and waiting to be closed (待结案).</summary>
    Resolved = 4,

    /// <summary>Could not or need not be solved, and the reasons were given (解释说明); waiting to be closed.</summary>
    Explained = 5,
    Closed = 6,

    /// <summary>Merged into an earlier case of the same matter, with which it is closed (合并办理).</summary>
    Merged = 7,
}

/// <summary>How a case was settled. The numbers are stored.</summary>
public enum CaseOutcome : byte
{
    None = 0,
    Resolved = 1,
    Explained = 2,
}

/// <summary>A point in WGS 84, degrees.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.Position")]
public readonly record struct Position([property: Id(0)] double Lon, [property: Id(1)] double Lat);

/// <param name="Id">Content address: SHA-256 of the photo as uploaded, hex.</param>
/// <param name="Step">The step it was added with: it distinguishes photos from before and after the work.</param>
[GenerateSerializer, Immutable, Alias("gridactors.CasePhoto")]
public sealed record CasePhoto([property: Id(0)] string Id, [property: Id(1)] CaseStep Step);

/// <summary>A case with everything but its history.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CaseView")]
public sealed record CaseView : ICaseSummary
{
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>The register number (挂号): pack prefix, year, six digits or more.</summary>
    [Id(1)]
    public required string Number { get; init; }

    [Id(2)]
    public required CaseStatus Status { get; init; }

    [Id(3)]
    public CaseOutcome Outcome { get; init; }

    [Id(4)]
    public required string Category { get; init; }

    [Id(5)]
    public required AreaId Area { get; init; }

    [Id(6)]
    public required string Title { get; init; }

    [Id(7)]
    public string Detail { get; init; } = "";

    [Id(8)]
    public Position? Position { get; init; }

    [Id(9)]
    public ImmutableArray<CasePhoto> Photos { get; init; } = [];

    [Id(10)]
    public required bool Confidential { get; init; }

    [Id(11)]
    public required ImmutableArray<PersonId> OfferedTo { get; init; }

    [Id(12)]
    public PersonId? Claimant { get; init; }

    [Id(13)]
    public DateTimeOffset? ClaimedAt { get; init; }

    [Id(14)]
    public required PersonId Reporter { get; init; }

    [Id(15)]
    public required DateTimeOffset ReportedAt { get; init; }

    [Id(16)]
    public DateTimeOffset? ResolvedAt { get; init; }

    [Id(17)]
    public DateTimeOffset? ClosedAt { get; init; }

    [Id(18)]
    public required DateTimeOffset UpdatedAt { get; init; }

    [Id(19)]
    public required PersonId UpdatedBy { get; init; }

    [Id(20)]
    public required CaseStep LastStep { get; init; }

    /// <summary>The department it was transferred to, or null: a department of the pack.</summary>
    [Id(21)]
    public string? Department { get; init; }

    /// <summary>1–5, given at closing by the reporter.</summary>
    [Id(22)]
    public int? Rating { get; init; }

    /// <summary>Number of events so far; the ETag.</summary>
    [Id(23)]
    public required int Version { get; init; }

    /// <summary>
    /// Every run of a clock, in the order of their starts. When a clock is started again, the earlier run stays as a record.
    /// </summary>
    [Id(24)]
    public ImmutableArray<CaseClock> Clocks { get; init; } = [];

    /// <summary>A request for time that waits for a decision.</summary>
    [Id(60)]
    public TimeRequest? Request { get; init; }

    /// <summary>Where it stands on the ladder; null while it has never climbed.</summary>
    [Id(40)]
    public LadderPosition? Ladder { get; init; }

    /// <summary>Its supervision notices, in their order. Only the last one can be unanswered.</summary>
    [Id(42)]
    public ImmutableArray<CaseSupervision> Supervisions { get; init; } = [];

    /// <summary>The consultations about it, in their order. Only the last one can be undecided.</summary>
    [Id(140)]
    public ImmutableArray<CaseConsultation> Consultations { get; init; } = [];

    /// <summary>The tasks that decisions about it gave, in their order.</summary>
    [Id(141)]
    public ImmutableArray<CaseTask> Tasks { get; init; } = [];

    /// <summary>The ledgers on which it waits for meetings.</summary>
    [Id(142)]
    public ImmutableArray<LedgerItem> Ledger { get; init; } = [];

    /// <summary>The consultation that isn't decided; null when none is under way.</summary>
    [JsonIgnore]
    public CaseConsultation? OpenConsultation => Consultations is [.., { DecidedAt: null } last] ? last : null;

    /// <summary>Who owes an opinion. A confidential case asks nobody whom it doesn't concern by now.</summary>
    [JsonIgnore]
    public ImmutableArray<PersonId> Consulted => OpenConsultation is { } open ? OnlyConcerned(open.Owing.SelectMany(p => p.People)) : [];

    /// <summary>Who owns a task that isn't finished.</summary>
    [JsonIgnore]
    public ImmutableArray<PersonId> Tasked =>
        Tasks.IsEmpty ? [] : OnlyConcerned(Tasks.Where(t => t.IsOpen).SelectMany(t => t.Assigned.Owners));

    ImmutableArray<PersonId> OnlyConcerned(IEnumerable<PersonId> people) =>
        [.. people.Distinct().Where(p => !Confidential || p == Reporter || p == Claimant || OfferedTo.Contains(p))];

    /// <summary>The supervision notice that waits for an answer; null when none does.</summary>
    [JsonIgnore]
    public CaseSupervision? OpenSupervision => Supervisions is [.., { AnsweredAt: null } last] ? last : null;

    /// <summary>How often, by whom and why it was returned to be done again, in their order.</summary>
    [Id(100)]
    public ImmutableArray<CaseReturn> Returns { get; init; } = [];

    /// <summary>Its handovers to other systems, in their order. Only the last one can wait for its answer.</summary>
    [Id(120)]
    public ImmutableArray<CaseForward> Forwards { get; init; } = [];

    /// <summary>The handover to another system that waits for its answer; null when none does.</summary>
    [JsonIgnore]
    public CaseForward? OpenForward => Forwards is [.., { State: ForwardState.Waiting } last] ? last : null;

    /// <summary>The earlier case of the same matter into which it was merged; null when it wasn't.</summary>
    [Id(101)]
    public MainCase? MergedInto { get; init; }

    /// <summary>The later cases of the same matter that were merged into it.</summary>
    [Id(102)]
    public ImmutableArray<DuplicateCase> Duplicates { get; init; } = [];

    /// <summary>How it was settled by mediation; null while it isn't, or where its category isn't settled so.</summary>
    [Id(200)]
    public Mediation? Mediation { get; init; }

    /// <summary>The cases that have to do with it, in the order in which they were linked.</summary>
    [Id(201)]
    public ImmutableArray<CaseLink> Links { get; init; } = [];

    /// <summary>The household that it is about; null for none.</summary>
    [Id(260)]
    public Guid? Household { get; init; }

    /// <summary>The step that named its recipients.</summary>
    [Id(41)]
    public CaseStep OfferedBy { get; init; }

    /// <summary>The level to which it climbed; null while those have it whom its category or its department names.</summary>
    [JsonIgnore]
    public string? Level => Ladder?.Level;

    [JsonIgnore]
    public string? Photo => Photos is [var first, ..] ? first.Id : null;

    /// <summary>The next moment by which something was promised; null when nothing is, or while the case is paused.</summary>
    public DateTimeOffset? DueAt => NextPromise?.DueAt;

    /// <summary>The term of the clock that is due then.</summary>
    public string? DueTerm => NextPromise?.Term;

    CaseClock? NextPromise
    {
        get
        {
            CaseClock? next = null;
            foreach (var clock in Clocks)
                if (clock is { IsOpen: true, IsPromise: true, State: not ClockState.Paused } && (next is null || clock.DueAt < next.DueAt))
                    next = clock;
            return next;
        }
    }

    public Urgency Urgency
    {
        get
        {
            var urgency = Urgency.None;
            foreach (var clock in Clocks)
            {
                if (clock is { IsPromise: true, State: ClockState.Breached })
                    return Urgency.Overdue;
                if (clock is { IsPromise: true, State: ClockState.Warned })
                    urgency = Urgency.DueSoon;
            }
            return urgency;
        }
    }

    [JsonIgnore]
    public bool IsOpen => Status != CaseStatus.Closed;

    /// <summary>Whether nothing more is done about it by itself.</summary>
    [JsonIgnore]
    public bool IsOver => Status is CaseStatus.Closed or CaseStatus.Merged;

    /// <summary>
    /// Everyone who has the case in their inbox: its recipients, its claimant, its reporter, those whom it climbed away from, who is asked
    /// for time, who owes an opinion and who has a task while it is open; its reporter alone while it is merged into another, and nobody
    /// once it is closed.
    /// </summary>
    public IEnumerable<PersonId> Concerned()
    {
        if (!IsOpen)
            return [];
        if (Status == CaseStatus.Merged)
            return [Reporter];
        var more = Claimant is { } claimant && !OfferedTo.Contains(claimant) ? OfferedTo.Add(claimant) : OfferedTo;
        if (!more.Contains(Reporter))
            more = more.Add(Reporter);
        if (Ladder is { Watchers: { IsEmpty: false } watchers })
            more = more.AddRange(watchers.Except(more));
        if (Request is not null)
            more = more.AddRange(Request.Approvers.Except(more));
        if (!Consultations.IsEmpty || !Tasks.IsEmpty)
            more = more.AddRange(Consulted.Concat(Tasked).Except(more));
        return more;
    }
}

/// <summary>Where a case that has climbed stands.</summary>
/// <param name="Level">A level of the pack; null when it is back with those whom its category or its department names.</param>
/// <param name="Below">The levels through which it climbed, the lowest first. It can be sent back to the last of them.</param>
/// <param name="Watchers">Who had it on another level: they go on seeing it.</param>
/// <param name="Since">When it came to this level.</param>
[GenerateSerializer, Immutable, Alias("gridactors.LadderPosition")]
public sealed record LadderPosition(
    [property: Id(0)] string? Level,
    [property: Id(1)] ImmutableArray<string> Below,
    [property: Id(2)] ImmutableArray<PersonId> Watchers,
    [property: Id(3)] DateTimeOffset Since
);

/// <summary>The answer to a command or a question about one case.</summary>
/// <param name="Rejection">One of <see cref="CaseRejections"/> when the command was refused, else null.</param>
/// <param name="Case">The case as it is now; null when it doesn't exist or the caller may not see it.</param>
/// <param name="Actions">What the caller may do with it now.</param>
[GenerateSerializer, Immutable, Alias("gridactors.CaseAnswer")]
public sealed record CaseAnswer([property: Id(0)] string? Rejection, [property: Id(1)] CaseView? Case, [property: Id(2)] CaseSteps Actions);
