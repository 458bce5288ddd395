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
}

/// <summary>How a case was settled. The numbers are stored.</summary>
public enum CaseOutcome : byte
{
    None = 0,
    Resolved = 1,
    Explained = 2,
}

/// <summary>A step in the life of a case. The numbers up to 31 are the bits of <see cref="CaseSteps"/>.</summary>
public enum CaseStep : byte
{
    Reported,
    Claimed,
    Released,
    HandedOver,
    OnSite,
    Progressed,
    Resolved,
    Explained,
    Transferred,
    Commented,
    Closed,
    Reopened,

    /// <summary>The pack changed, and with it who holds the posts that the case is for.</summary>
    Reoffered,

    /// <summary>It climbed to a higher level of the ladder: by a decision, or because a clock ran out.</summary>
    Escalated = 13,

    /// <summary>A higher level sent it back to where it climbed from.</summary>
    SentBack = 14,

    /// <summary>A supervision notice was issued: by somebody who may, or because a clock ran out.</summary>
    Supervised = 15,

    /// <summary>The supervision notice was answered.</summary>
    SupervisionAnswered = 16,

    /// <summary>Whoever checked the settled case returned it: its claimant has to do it again (返工).</summary>
    Returned = 17,

    /// <summary>It was handed over to another system (转外部系统), whose answer is waited for.</summary>
    Forwarded = 20,

    /// <summary>The claimant asked that the clocks stand still for a while.</summary>
    PauseAsked = 21,

    /// <summary>The claimant asked for a later due time.</summary>
    ExtensionAsked = 22,

    /// <summary>A pause was granted.</summary>
    Paused = 23,

    /// <summary>A later due time was granted.</summary>
    Extended = 24,

    /// <summary>A pause or a later due time was refused.</summary>
    RequestRefused = 25,

    /// <summary>A pause is over.</summary>
    Resumed = 26,

    /// <summary>It was taken back from another system that hasn't answered (撤回转办).</summary>
    Recalled = 30,

    /// <summary>Somebody who may called a consultation.</summary>
    ConsultationCalled = 27,

    /// <summary>A task is done, or it turned out that it can't be.</summary>
    TaskFinished = 28,

    // The steps of the case's clocks. Nobody can take them, so they aren't bits of CaseSteps.

    /// <summary>A clock is due soon.</summary>
    ClockWarned = 64,

    /// <summary>A clock ran out.</summary>
    ClockBreached = 65,

    /// <summary>Nothing happened on a claim for too long, so the case is offered again.</summary>
    Lapsed = 66,

    /// <summary>Another system answered: it solved the case, refused it, or says how far it is.</summary>
    ForwardAnswered = 73,

    // What a consultation tells its case. Nobody takes these steps on the case itself.

    /// <summary>A party of a consultation gave its opinion.</summary>
    OpinionGiven = 76,

    /// <summary>A consultation decided.</summary>
    ConsultationDecided = 77,

    /// <summary>The calendar changed, and with it when the clocks are due.</summary>
    Replanned = 80,

    /// <summary>A step that only a later version knows: it may have been taken in the middle of an upgrade. It has no bit.</summary>
    Unknown = byte.MaxValue,
}

/// <summary>The steps somebody may take now: bit <c>1 &lt;&lt; step</c>.</summary>
[Flags]
public enum CaseSteps
{
    None = 0,
    Reported = 1 << CaseStep.Reported,
    Claimed = 1 << CaseStep.Claimed,
    Released = 1 << CaseStep.Released,
    HandedOver = 1 << CaseStep.HandedOver,
    OnSite = 1 << CaseStep.OnSite,
    Progressed = 1 << CaseStep.Progressed,
    Resolved = 1 << CaseStep.Resolved,
    Explained = 1 << CaseStep.Explained,
    Transferred = 1 << CaseStep.Transferred,
    Commented = 1 << CaseStep.Commented,
    Closed = 1 << CaseStep.Closed,
    Reopened = 1 << CaseStep.Reopened,
    Reoffered = 1 << CaseStep.Reoffered,
    PauseAsked = 1 << CaseStep.PauseAsked,
    ExtensionAsked = 1 << CaseStep.ExtensionAsked,
    Paused = 1 << CaseStep.Paused,
    Extended = 1 << CaseStep.Extended,
    RequestRefused = 1 << CaseStep.RequestRefused,
    Resumed = 1 << CaseStep.Resumed,
    Escalated = 1 << CaseStep.Escalated,
    SentBack = 1 << CaseStep.SentBack,
    Supervised = 1 << CaseStep.Supervised,
    SupervisionAnswered = 1 << CaseStep.SupervisionAnswered,
    Returned = 1 << CaseStep.Returned,
    Forwarded = 1 << CaseStep.Forwarded,
    Recalled = 1 << CaseStep.Recalled,
    ConsultationCalled = 1 << CaseStep.ConsultationCalled,
    TaskFinished = 1 << CaseStep.TaskFinished,
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

    /// <summary>The step that named its recipients.</summary>
    [Id(41)]
    public CaseStep OfferedBy { get; init; }

    /// <summary>The level to which it climbed; null while those have it whom its category or its department names.</summary>
    [JsonIgnore]
    public string? Level => Ladder?.Level;

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

    /// <summary>
    /// Everyone who has the case in their inbox: its recipients, its claimant, its reporter, those whom it climbed away from, who is asked
    /// for time, who owes an opinion and who has a task while it is open, and nobody once it is closed.
    /// </summary>
    public IEnumerable<PersonId> Concerned()
    {
        if (!IsOpen)
            return [];
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
