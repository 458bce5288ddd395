namespace GridActors.Domain.Packs.Files;

/// <summary>The content of <c>areas.csv</c>: a tree, parents before children.</summary>
sealed class AreasFile
{
    static readonly string[] Required = ["code", "name", "level", "parent"];
    static readonly string[] Optional = ["kind", "generated", "original", "predecessors"];

    static readonly char[] Separators = [' ', '、'];
    const StringSplitOptions Entries = StringSplitOptions.RemoveEmptyEntries;

    readonly List<Area> _areas = [];

    // Every code of the file with its line, including lines that have errors, so that one wrong line doesn't cause errors for all areas
    // below it.
    readonly Dictionary<string, int> _lines = [];
    readonly Dictionary<string, Area> _byCode = [];
    readonly HashSet<string> _broken = [];
    Area? _root;

    public IReadOnlyList<Area> All => _areas;
    public IReadOnlyDictionary<string, Area> ByCode => _byCode;

    /// <summary>Whether the file has the area, be it in a line that can't be read.</summary>
    public bool Knows(string code) => _byCode.ContainsKey(code) || _broken.Contains(code);

    public static AreasFile? Read(PackFiles files, PackHead? head, PackErrors errors)
    {
        if (CsvTable.Read(files, PackFiles.Areas, Required, Optional, errors) is not { } table)
            return null;
        var (lines, areas) = (table.Lines, new AreasFile());
        areas._broken.UnionWith(table.Broken.Select(l => l["code"]));
        foreach (var line in lines)
            areas._lines.TryAdd(line["code"], line.Number);
        foreach (var line in lines)
        {
            foreach (var complaint in areas.Add(line, head))
                errors.Add(PackFiles.Areas, line.Number, complaint);
        }
        if (areas._root is null && lines.Count > 0 && table.Broken.Count == 0)
            errors.Add(PackFiles.Areas, lines[0].Number, "no area is the root: the first has no parent");
        return areas;
    }

    IEnumerable<string> Add(CsvLine line, PackHead? head)
    {
        var area = new Area(
            line["code"],
            line["name"],
            line["level"],
            line["parent"] is { Length: > 0 } p ? p : null,
            line["kind"],
            Formats.Flag(line["generated"]) == true
        )
        {
            Predecessors = line["predecessors"] is { Length: > 0 } codes ? [.. codes.Split(Separators, Entries)] : [],
        };
        if (Formats.AreaCode(area.Code) is { } codeComplaint)
            yield return $"code {codeComplaint}";
        if (Formats.Name(area.Name) is { } nameComplaint)
            yield return $"the name of area {area.Code} {nameComplaint}";
        if (Formats.Length(area.Kind) > Formats.MaxNameLength)
            yield return $"the kind of area {area.Code} has more than {Formats.MaxNameLength} characters";
        if (line["generated"] is { Length: > 0 } generated && Formats.Flag(generated) is null)
            yield return $"generated is \"{generated}\"; it must be true or false";
        foreach (var complaint in PredecessorComplaints(area))
            yield return complaint;
        if (head is not null && head.Depth(area.Level) is null)
            yield return $"level \"{area.Level}\" of area {area.Code} is not in {PackFiles.Pack}";
        if (!_byCode.TryAdd(area.Code, area))
        {
            yield return $"code {area.Code} stands twice; first in line {_lines[area.Code]}";
            yield break;
        }
        _areas.Add(area);
        foreach (var complaint in area.Parent is null ? AsRoot(area, head) : AsChild(area, area.Parent, head))
            yield return complaint;
    }

    static IEnumerable<string> PredecessorComplaints(Area area)
    {
        foreach (var code in area.Predecessors)
            if (Formats.AreaCode(code) is { } complaint)
                yield return $"a predecessor of area {area.Code} {complaint}";
            else if (code == area.Code)
                yield return $"area {area.Code} is its own predecessor";
            else if (code == area.Parent)
                yield return $"predecessor {code} of area {area.Code} is its parent";
        if (area.Predecessors.Distinct().Count() < area.Predecessors.Length)
            yield return $"a predecessor of area {area.Code} stands twice";
    }

    IEnumerable<string> AsRoot(Area area, PackHead? head)
    {
        if (_root is not null)
        {
            yield return $"area {area.Code} has no parent, but {_root.Code} is the root";
            yield break;
        }
        if (_areas.Count > 1)
            yield return $"the root {area.Code} must be the first area";
        _root = area;
        if (head?.Depth(area.Level) > 0)
            yield return $"the root {area.Code} must be of the first level, {head.Levels[0].Id}, not {area.Level}";
    }

    IEnumerable<string> AsChild(Area area, string parent, PackHead? head)
    {
        if (_broken.Contains(parent))
            yield break;
        if (!_byCode.TryGetValue(parent, out var above) || above == area)
        {
            yield return Formats.SpreadsheetNumber(parent) is { } complaint ? $"parent {complaint}"
            : parent == area.Code ? $"area {area.Code} is its own parent"
            : _lines.TryGetValue(parent, out var line)
                ? $"parent {parent} must stand before its child {area.Code}; it stands in line {line}"
            : $"parent {parent} is not an area of this pack";
        }
        else if (head?.Depth(area.Level) <= head?.Depth(above.Level))
        {
            yield return $"area {area.Code} is of level {area.Level}; below {above.Code} of level {above.Level} it must be of a lower one";
        }
    }
}
