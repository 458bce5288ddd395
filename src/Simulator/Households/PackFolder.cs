using System.Globalization;
using CsvHelper;
using GridActors.Simulator.Replay;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GridActors.Simulator.Households;

/// <summary>A line of <c>areas.csv</c>.</summary>
sealed record AreaLine(string Code, string Name, string? Parent, string Kind, bool Generated);

/// <param name="Header">What its column is called.</param>
/// <param name="Names">The names of its codes; empty for a field that is none of codes.</param>
sealed record SheetField(string Id, string Header, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>A code's name, or the text as it is.</summary>
    public string Shown(string value) => Names.GetValueOrDefault(value, value);
}

/// <summary>The parts of a pack's files that say what a household of the place looks like.</summary>
sealed class PackFolder
{
    const string Standard = "standard.yaml";

    readonly Dictionary<string, AreaLine> _byCode;
    readonly ILookup<string?, AreaLine> _children;

    PackFolder(string id, List<AreaLine> areas, YamlMappingNode standard, YamlMappingNode own)
    {
        Id = id;
        Areas = areas;
        _byCode = areas.ToDictionary(a => a.Code);
        _children = areas.ToLookup(a => a.Parent);
        var codes = new[] { standard, own }
            .SelectMany(f => Maps(f, "codes"))
            .ToDictionary(l => Text(l, "id"), l => Maps(l, "codes").ToDictionary(c => Text(c, "code"), c => Text(c, "name")));
        Relations = codes.GetValueOrDefault("relation", []);
        Household = [.. Fields(standard, "household"), .. Fields(own, "household")];
        Resident = [.. Fields(standard, "resident"), .. Fields(own, "resident")];
        Groups = Maps(own, "groups").ToDictionary(g => Text(g, "id"), g => Text(g, "name"));
        Certificates = Maps(own, "certificates").ToDictionary(c => Text(c, "id"), c => Text(c, "name"));

        IEnumerable<SheetField> Fields(YamlMappingNode file, string subject) =>
            file.Children.TryGetValue("fields", out var fields) && fields is YamlMappingNode map
                ? Maps(map, subject)
                    .Select(f => new SheetField(Text(f, "id"), Text(f, "name"), codes.GetValueOrDefault(Text(f, "codes"), [])))
                : [];
    }

    public string Id { get; }

    /// <summary>The root first, parents before children.</summary>
    public IReadOnlyList<AreaLine> Areas { get; }

    /// <summary>Relations to the head by their codes.</summary>
    public IReadOnlyDictionary<string, string> Relations { get; }
    public IReadOnlyList<SheetField> Household { get; }
    public IReadOnlyList<SheetField> Resident { get; }

    /// <summary>Names of the special groups by their ids.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; }

    /// <summary>Names of the certificates by their ids.</summary>
    public IReadOnlyDictionary<string, string> Certificates { get; }

    /// <summary>The areas without others below them, in the order of the file.</summary>
    public IEnumerable<AreaLine> Leaves => Areas.Where(a => !_children.Contains(a.Code));

    /// <returns>Null for the root, and for a code that is no area.</returns>
    public string? ParentOf(string area) => _byCode.GetValueOrDefault(area)?.Parent;

    /// <summary>From the area up to the root.</summary>
    public IEnumerable<AreaLine> Upwards(AreaLine area)
    {
        for (var at = area; at is not null; at = at.Parent is null ? null : _byCode[at.Parent])
            yield return at;
    }

    /// <param name="pack">The folder, or the name of one in <c>packs</c>.</param>
    /// <exception cref="UnusableFileException">It is no pack that keeps households.</exception>
    public static PackFolder Read(string pack)
    {
        // In a clone the script names its folder; in a published folder the packs are beside the program's own.
        var home = Environment.GetEnvironmentVariable("GRIDACTORS_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(AppContext.BaseDirectory, "..");
        var folder = Directory.Exists(pack) ? pack : Path.Combine(home, "packs", pack);
        if (!File.Exists(Path.Combine(folder, "areas.csv")))
            throw new UnusableFileException(folder, 0, "this is no pack: name one of the folder packs, or a folder with an areas.csv");
        if (!File.Exists(Path.Combine(folder, "households.yaml")))
            throw new UnusableFileException(folder, 0, "the pack has no households.yaml, so that it keeps no households");
        string[] places =
        [
            Path.Combine(folder, "..", "data", "households"),
            Path.Combine(AppContext.BaseDirectory, "households"),
            Path.Combine(home, "packs", "data", "households"),
        ];
        var standard =
            places.Select(p => Path.Combine(p, Standard)).FirstOrDefault(File.Exists)
            ?? throw new UnusableFileException(places[0], 0, $"{Standard} is missing");
        return new(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            ReadAreas(Path.Combine(folder, "areas.csv")),
            ReadYaml(standard),
            ReadYaml(Path.Combine(folder, "households.yaml"))
        );
    }

    static List<AreaLine> ReadAreas(string file)
    {
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        var areas = new List<AreaLine>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
            areas.Add(
                new(
                    csv.GetField("code")!,
                    csv.GetField("name")!,
                    csv.GetField("parent") is { Length: > 0 } parent ? parent : null,
                    csv.TryGetField<string>("kind", out var kind) ? kind ?? "" : "",
                    csv.TryGetField<string>("generated", out var generated)
                        && string.Equals(generated, "true", StringComparison.OrdinalIgnoreCase)
                )
            );
        return areas;
    }

    static YamlMappingNode ReadYaml(string file)
    {
        try
        {
            var stream = new YamlStream();
            using var text = new StreamReader(file);
            stream.Load(text);
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? root
                : throw new UnusableFileException(file, 1, "this is no mapping; ./gridactors packs check says what is wrong");
        }
        catch (YamlException e)
        {
            throw new UnusableFileException(file, (int)e.Start.Line, "this is not YAML; ./gridactors packs check says what is wrong");
        }
    }

    static IEnumerable<YamlMappingNode> Maps(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var list) && list is YamlSequenceNode sequence ? sequence.OfType<YamlMappingNode>() : [];

    static string Text(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { } text } ? text : "";
}
