using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.FieldTasks;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using Npgsql;

namespace GridActors.Storage.Scores;

/// <summary>Collects one person's facts from the rows of <see cref="ScoreQueries"/>.</summary>
sealed class FactsBuilder(LoadedPack pack, ScoredPerson person)
{
    readonly Dictionary<DateOnly, RecordFact> _duty = [];
    readonly Dictionary<DateOnly, RecordFact> _patrols = [];
    readonly ImmutableArray<VisitFact>.Builder _visits = ImmutableArray.CreateBuilder<VisitFact>();
    readonly ImmutableArray<MustVisitFact>.Builder _mustVisit = ImmutableArray.CreateBuilder<MustVisitFact>();
    readonly ImmutableArray<ReportFact>.Builder _reports = ImmutableArray.CreateBuilder<ReportFact>();
    readonly ImmutableArray<SettledFact>.Builder _settled = ImmutableArray.CreateBuilder<SettledFact>();
    readonly ImmutableArray<ReturnFact>.Builder _returns = ImmutableArray.CreateBuilder<ReturnFact>();
    readonly ImmutableArray<TaskFact>.Builder _tasks = ImmutableArray.CreateBuilder<TaskFact>();
    readonly List<(DateTimeOffset, DateTimeOffset)> _leaves = [];

    string Key => person.Entry.Id.Key;

    public ScoreFacts Build(ScoreMonth month, DateTimeOffset asOf) =>
        new(
            month,
            asOf,
            ScoreCalendar.Days(pack, person.Entry.Id, month, pack.Day(asOf.AddTicks(-1)), _leaves, _duty, _patrols),
            _visits.ToImmutable(),
            _mustVisit.ToImmutable(),
            _reports.ToImmutable(),
            _settled.ToImmutable(),
            _returns.ToImmutable(),
            _tasks.ToImmutable()
        );

    public void AddDay(NpgsqlDataReader row)
    {
        var (day, isPatrol) = (row.GetFieldValue<DateOnly>(1), row.GetBoolean(2));
        var record = Record(row, 3);
        if (isPatrol)
            _patrols[day] = record;
        // A patrol is duty, too.
        if (!_duty.TryGetValue(day, out var first) || record.At < first.At)
            _duty[day] = record;
    }

    public void AddVisit(NpgsqlDataReader row)
    {
        foreach (var household in row.GetFieldValue<Guid[]>(5))
            _visits.Add(new(Record(row, 2), row.GetFieldValue<DateOnly>(1), household, row.GetString(6)));
    }

    public void AddReport(NpgsqlDataReader row)
    {
        var at = row.GetFieldValue<DateTimeOffset>(3);
        var claimant = row.IsDBNull(5) ? null : row.GetString(5);
        var isClosed = (CaseStatus)row.GetInt16(4) == CaseStatus.Closed;
        _reports.Add(
            new(row.GetGuid(1), row.GetString(2), at, pack.Day(at), isClosed, claimant is not null, claimant == Key, row.GetBoolean(6))
        );
    }

    public void AddSettled(NpgsqlDataReader row) =>
        _settled.Add(
            new(
                row.GetGuid(1),
                row.GetString(2),
                row.GetFieldValue<DateTimeOffset>(3),
                row.GetBoolean(6),
                row.IsDBNull(4) ? null : row.GetInt16(4),
                row.GetString(5) == Key
            )
        );

    public void AddReturn(NpgsqlDataReader row) =>
        _returns.Add(new(row.GetGuid(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3)));

    public void AddTask(NpgsqlDataReader row, DateTimeOffset asOf)
    {
        var (due, status) = (row.GetFieldValue<DateTimeOffset>(3), (TargetStatus)row.GetInt16(4));
        DateTimeOffset? done = status == TargetStatus.Done ? row.GetFieldValue<DateTimeOffset>(5) : null;
        var isLate = row.GetBoolean(6) || (done is null && due < asOf);
        _tasks.Add(new(row.GetGuid(1), row.GetString(2), due, done, isLate, status == TargetStatus.Refused));
    }

    public void AddMustVisit(NpgsqlDataReader row, VisitRhythms rhythms)
    {
        if (rhythms.DueBefore(person.Entry.Id, person.Area, row.GetFieldValue<string[]>(2)) is { } due)
            _mustVisit.Add(new(row.GetGuid(1), row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3), due));
    }

    public void AddLeave(NpgsqlDataReader row) => _leaves.Add((row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2)));

    static RecordFact Record(NpgsqlDataReader row, int first) =>
        new(row.GetGuid(first), row.GetFieldValue<DateTimeOffset>(first + 1), row.GetBoolean(first + 2));
}
