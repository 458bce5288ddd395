using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>Collects the context of one question from the rows that answer many. The first column of each row says whose it is.</summary>
sealed class FieldContextBuilder(FieldQuestion question)
{
    readonly List<MeasuredPosition> _nearby = [];
    readonly List<(DateOnly, DutyRecord)> _duty = [];
    readonly Dictionary<DateOnly, int> _others = [];
    readonly HashSet<DateOnly> _knownDays = [];
    readonly Dictionary<Guid, KnownHousehold> _households = [];
    readonly Dictionary<Guid, AreaId> _places = [];
    readonly HashSet<string> _notUploaded = [];

    public FieldQuestion Question => question;

    public FieldContext Build() => new(_nearby, _duty, _others, _knownDays, _households, _places, _notUploaded);

    public void AddNearby(NpgsqlDataReader row) =>
        _nearby.Add(
            new(
                row.GetGuid(1),
                row.GetFieldValue<DateTimeOffset>(2),
                new(row.GetDouble(3), row.GetDouble(4)),
                row.IsDBNull(5) ? 0 : row.GetFloat(5)
            )
        );

    public void AddDuty(NpgsqlDataReader row) =>
        _duty.Add(
            (row.GetFieldValue<DateOnly>(1), new((FieldRecordKind)row.GetInt16(2), row.GetFieldValue<DateTimeOffset>(3), row.GetInt32(4)))
        );

    public void AddUser(NpgsqlDataReader row)
    {
        var day = row.GetFieldValue<DateOnly>(1);
        if (row.GetBoolean(2))
            _knownDays.Add(day);
        else
            _others[day] = _others.GetValueOrDefault(day) + 1;
    }

    public void AddHousehold(NpgsqlDataReader row) =>
        _households[row.GetGuid(1)] = new(
            new(row.GetString(2)),
            row.IsDBNull(3) ? null : new PersonId(row.GetString(3)),
            row.IsDBNull(4) ? null : row.GetGuid(4)
        );

    public void AddPlace(NpgsqlDataReader row) => _places[row.GetGuid(1)] = new(row.GetString(2));

    public void AddNotUploaded(NpgsqlDataReader row) => _notUploaded.Add(row.GetString(1));
}
