namespace GridActors.Storage.WorkerDays;

/// <summary>Which rows a commit inserted. The others were there already, or were refused.</summary>
/// <param name="isRepeated">The commit is made again after a broken connection, and may have been made.</param>
sealed class FieldStored(bool isRepeated)
{
    readonly Dictionary<(string Person, Guid Id), bool> _inserted = [];
    readonly HashSet<(string Person, Guid Id)> _refused = [];

    /// <summary>The same row twice in one commit, by two requests or by one: whoever asks first is told that it was theirs.</summary>
    readonly HashSet<(string Person, Guid Id)> _taken = [];

    public void Add(string person, Guid id, bool isLate) => _inserted[(person, id)] = isLate;

    public void Add(FieldStored other)
    {
        foreach (var (key, isLate) in other._inserted)
            _inserted[key] = isLate;
    }

    public void AddRefused(FieldWrite write) => _refused.UnionWith(Keys(write));

    /// <summary>The rows of a request: its records in their order, then its tracks.</summary>
    public IReadOnlyList<WrittenRow> Of(FieldWrite write)
    {
        var rows = new List<WrittenRow>();
        foreach (var key in Keys(write))
            rows.Add(
                _inserted.TryGetValue(key, out var isLate) && _taken.Add(key) ? new(FieldOutcome.Taken, isLate)
                : _refused.Contains(key) ? new(FieldOutcome.Refused, false)
                : new(isRepeated ? FieldOutcome.MaybeTaken : FieldOutcome.Known, isLate)
            );
        return rows;
    }

    static IEnumerable<(string, Guid)> Keys(FieldWrite write) =>
        write.Records.Select(r => (r.Person.Key, r.Id)).Concat(write.Tracks.Select(t => (t.Person.Key, t.Id)));
}

static class FieldWrites
{
    public static int Rows(this FieldWrite write) => write.Records.Count + write.Tracks.Count;

    public static IEnumerable<FieldWrite> OneByOne(this FieldWrite write) =>
        write
            .Records.Select(r => write with { Records = [r], Tracks = [] })
            .Concat(write.Tracks.Select(t => write with { Records = [], Tracks = [t] }));
}
