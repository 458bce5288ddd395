using System.Collections.Immutable;
using System.Text;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;

namespace GridActors.Domain.Staff;

/// <summary>
/// Writes a change of posts and people into the files of a pack, so that the files stay the one truth. What else stands in them, and in
/// which order, isn't touched.
/// </summary>
public static class StaffFiles
{
    /// <param name="demo">People whom the pack names elsewhere, and who therefore stay in the list of people.</param>
    public static ImmutableArray<PackSource> Apply(ImmutableArray<PackSource> sources, StaffChange change, IReadOnlyCollection<string> demo)
    {
        var people = CsvEdit.Of(sources, PackFiles.People);
        var posts = CsvEdit.Of(sources, PackFiles.Posts);
        var duty = CsvEdit.Of(sources, PackFiles.Duty);
        if (change.Kind == StaffChangeKind.Appoint)
        {
            if (change.Name is { } name && people?.Any(("id", change.Person)) == false)
                people.Add(("id", change.Person), ("name", name));
            Hold(posts, change.Area!, change.Post!, change.Person);
        }
        else
        {
            var isAll = change.Kind == StaffChangeKind.Leave;
            (string, string)[] given = isAll
                ? [("person", change.Person)]
                : [("area", change.Area!), ("post", change.Post!), ("person", change.Person)];
            foreach (var held in posts?.Remove(given) ?? [])
                if (change.Successor is { } successor)
                    Hold(posts, held["area"], held["post"], successor);
            (string, string)[] shifts = isAll ? given : [("area", change.Area!), ("person", change.Person)];
            if (change.Successor is { } next)
                duty?.Replace(shifts, "person", next);
            else
                duty?.Remove(shifts);
            if (isAll && !demo.Contains(change.Person))
                people?.Remove([("id", change.Person)]);
        }
        return [.. sources.Select(s => Edited(s, people, posts, duty)).OfType<PackSource>()];
    }

    static void Hold(CsvEdit? posts, string area, string post, string person)
    {
        (string, string)[] held = [("area", area), ("post", post), ("person", person)];
        if (posts?.Any(held) == false)
            posts.Add(held);
    }

    /// <summary>Null for a table of duty without lines: a pack without shifts has no such file.</summary>
    static PackSource? Edited(PackSource source, CsvEdit? people, CsvEdit? posts, CsvEdit? duty) =>
        source.Name switch
        {
            PackFiles.People => people?.ToSource() ?? source,
            PackFiles.Posts => posts?.ToSource() ?? source,
            PackFiles.Duty => duty is { IsEmpty: true } ? null : duty?.ToSource() ?? source,
            _ => source,
        };
}

/// <summary>A table of a pack whose lines are added and removed; all others stay as they were written.</summary>
sealed class CsvEdit
{
    readonly string _name;
    readonly string _newLine;
    readonly string _header;
    readonly Dictionary<string, int> _columns;
    readonly List<string> _lines;

    CsvEdit(string name, string text)
    {
        (_name, _newLine) = (name, text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        (_header, _lines) = (lines[0], [.. lines.Skip(1).Where(l => l.Length > 0)]);
        _columns = [];
        foreach (var (i, column) in CsvTable.Fields(_header).Fields.Index())
            _columns.TryAdd(column, i);
    }

    public bool IsEmpty => _lines.Count == 0;

    /// <returns>Null when the pack has no such file.</returns>
    public static CsvEdit? Of(ImmutableArray<PackSource> sources, string name) =>
        sources.FirstOrDefault(s => s.Name == name) is { } source
            ? new(name, Encoding.UTF8.GetString(source.Content.Span).TrimStart('\uFEFF'))
            : null;

    public bool Any(params (string Column, string Value)[] fields) => _lines.Exists(l => Matches(l, fields));

    public void Add(params (string Column, string Value)[] fields)
    {
        var values = new string[_columns.Count];
        Array.Fill(values, "");
        foreach (var (column, value) in fields)
            if (_columns.TryGetValue(column, out var i))
                values[i] = Quoted(value);
        _lines.Add(string.Join(',', values));
    }

    /// <returns>What was removed, by column.</returns>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Remove((string Column, string Value)[] fields)
    {
        var removed = _lines.Where(l => Matches(l, fields)).Select(ByColumn).ToList();
        _lines.RemoveAll(l => Matches(l, fields));
        return removed;
    }

    public void Replace((string Column, string Value)[] fields, string column, string value)
    {
        for (var i = 0; i < _lines.Count; i++)
            if (Matches(_lines[i], fields))
            {
                var values = CsvTable.Fields(_lines[i]).Fields;
                values[_columns[column]] = value;
                _lines[i] = string.Join(',', values.Select(Quoted));
            }
    }

    public PackSource ToSource() => new(_name, Encoding.UTF8.GetBytes(string.Join(_newLine, [_header, .. _lines, ""])));

    bool Matches(string line, (string Column, string Value)[] fields)
    {
        // Most lines don't name the person, and need not be taken apart.
        foreach (var (_, value) in fields)
            if (!line.Contains(value, StringComparison.Ordinal))
                return false;
        var found = ByColumn(line);
        return Array.TrueForAll(fields, f => found.GetValueOrDefault(f.Column) == f.Value);
    }

    Dictionary<string, string> ByColumn(string line)
    {
        var values = CsvTable.Fields(line).Fields;
        return _columns.Where(c => c.Value < values.Length).ToDictionary(c => c.Key, c => values[c.Value]);
    }

    static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(',', '"') < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
