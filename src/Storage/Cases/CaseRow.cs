using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>One row of <c>case_file</c>, as lists show it.</summary>
public sealed record CaseRow(
    Guid Id,
    string Number,
    AreaId Area,
    string Category,
    string Title,
    bool Confidential,
    PersonId Reporter,
    DateTimeOffset ReportedAt,
    CaseStatus Status,
    CaseOutcome Outcome,
    PersonId? Claimant,
    DateTimeOffset? ClaimedAt,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? ClosedAt,
    DateTimeOffset UpdatedAt,
    PersonId UpdatedBy,
    CaseStep LastStep,
    int Version,
    IReadOnlyList<PersonId> OfferedTo,
    DateTimeOffset? DueAt,
    string? DueTerm,
    Urgency Urgency,
    IReadOnlyList<PersonId> Approvers,
    string? Level,
    IReadOnlyList<PersonId> Consulted,
    IReadOnlyList<PersonId> Tasked,
    string? Photo
) : ICaseSummary
{
    /// <summary>Where the case stands in an order: the time, and the id.</summary>
    public (DateTimeOffset At, Guid Id) Place(CaseOrder order) =>
        // PostgreSQL's infinity, where nothing is due.
        (order == CaseOrder.Due ? DueAt ?? DateTimeOffset.MaxValue : ReportedAt, Id);

    /// <summary>The columns that <see cref="Read"/> reads, in its order. The query must call the table <c>c</c>.</summary>
    internal const string Columns = """
        c.id, c.number, c.area, c.category, c.title, c.confidential, c.reporter, c.reported_at, c.status, c.outcome, c.claimant,
        c.claimed_at, c.resolved_at, c.closed_at, c.updated_at, c.updated_by, c.last_step, c.version, c.offered_to, c.due_at,
        c.due_term, c.urgency, c.approvers, c.level, c.consulted, c.tasked, c.photo
        """;

    internal static CaseRow Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            r.GetString(1),
            new(r.GetString(2)),
            r.GetString(3),
            r.GetString(4),
            r.GetBoolean(5),
            new(r.GetString(6)),
            r.GetFieldValue<DateTimeOffset>(7),
            (CaseStatus)r.GetInt16(8),
            (CaseOutcome)r.GetInt16(9),
            r.IsDBNull(10) ? null : new PersonId(r.GetString(10)),
            Time(r, 11),
            Time(r, 12),
            Time(r, 13),
            r.GetFieldValue<DateTimeOffset>(14),
            new(r.GetString(15)),
            (CaseStep)r.GetInt16(16),
            r.GetInt32(17),
            [.. r.GetFieldValue<string[]>(18).Select(p => new PersonId(p))],
            Time(r, 19),
            // Interned to save memory: many cases share a few terms.
            r.IsDBNull(20)
                ? null
                : string.Intern(r.GetString(20)),
            (Urgency)r.GetInt16(21),
            People(r, 22),
            r.IsDBNull(23) ? null : r.GetString(23),
            People(r, 24),
            People(r, 25),
            r.IsDBNull(26) ? null : r.GetString(26)
        );

    static IReadOnlyList<PersonId> People(NpgsqlDataReader r, int column) =>
        r.IsDBNull(column) ? [] : [.. r.GetFieldValue<string[]>(column).Select(p => new PersonId(p))];

    static DateTimeOffset? Time(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetFieldValue<DateTimeOffset>(column);
}
