using System.Collections.Immutable;

namespace GridActors.Domain.Scores;

/// <summary>
/// What is known of a person's month up to a moment. Nothing else enters the score, so that the same facts and rules always give the same
/// points.
/// </summary>
/// <param name="AsOf">What happens later doesn't count: the end of the month, or now.</param>
/// <param name="Days">The days that are over, and today once the person is on duty.</param>
/// <param name="Tasks">Those that were due before <paramref name="AsOf"/>.</param>
public sealed record ScoreFacts(
    ScoreMonth Month,
    DateTimeOffset AsOf,
    ImmutableArray<ScoreDay> Days,
    ImmutableArray<VisitFact> Visits,
    ImmutableArray<MustVisitFact> MustVisit,
    ImmutableArray<ReportFact> Reports,
    ImmutableArray<SettledFact> Settled,
    ImmutableArray<ReturnFact> Returns,
    ImmutableArray<TaskFact> Tasks
);

/// <summary>A day of the month.</summary>
/// <param name="IsExpected">The person was to be on duty: by the rota, or on a working day.</param>
/// <param name="IsLeave">They were on leave; the day is no expected one then.</param>
/// <param name="SignIn">The first record that says they were on duty; null when there is none.</param>
/// <param name="Patrol">The first patrol; null for none.</param>
public sealed record ScoreDay(DateOnly Day, bool IsExpected, bool IsLeave, RecordFact? SignIn, RecordFact? Patrol);

/// <param name="IsDoubted">It has a flag that nobody has cleared.</param>
public sealed record RecordFact(Guid Id, DateTimeOffset At, bool IsDoubted);

/// <param name="Household">A visit of several households is one fact for each.</param>
public sealed record VisitFact(RecordFact Record, DateOnly Day, Guid Household, string Purpose);

/// <summary>A linked household that must be visited in a rhythm.</summary>
/// <param name="VisitedAt">When it last was, by whomever; null for never.</param>
/// <param name="DueBefore">A visit before this is too long ago.</param>
public sealed record MustVisitFact(Guid Household, DateTimeOffset? VisitedAt, DateTimeOffset DueBefore);

/// <summary>A case that the person reported.</summary>
/// <param name="IsClaimed">Somebody works or worked on it.</param>
/// <param name="IsOwn">The person themself works on it.</param>
public sealed record ReportFact(
    Guid Case,
    string Number,
    DateTimeOffset At,
    DateOnly Day,
    bool IsClosed,
    bool IsClaimed,
    bool IsOwn,
    bool IsDuplicate
);

/// <summary>A case that the person had when it was closed.</summary>
/// <param name="IsLate">A promise was broken meanwhile.</param>
/// <param name="Rating">1 to 5; null when nobody rated it.</param>
/// <param name="IsOwn">The person reported it, so that the rating is their own.</param>
public sealed record SettledFact(Guid Case, string Number, DateTimeOffset At, bool IsLate, short? Rating, bool IsOwn);

/// <summary>A case was returned to the person to be done again.</summary>
public sealed record ReturnFact(Guid Case, string Number, DateTimeOffset At);

/// <summary>A to-do of a sent task that the person, or their area, had.</summary>
/// <param name="DoneAt">Null when it isn't done.</param>
/// <param name="IsExcused">It was refused with a reason.</param>
public sealed record TaskFact(Guid Task, string Title, DateTimeOffset DueAt, DateTimeOffset? DoneAt, bool IsLate, bool IsExcused);
