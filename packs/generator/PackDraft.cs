using static GridActors.Generator.Numbers;

namespace GridActors.Generator;

/// <param name="Original">The name in the source where the display name was normalised, else empty.</param>
sealed record AreaRow(string Code, string Name, string Level, string? Parent, string Kind, bool Generated, string Original = "");

sealed record PersonRow(string Id, string Name, string Employment);

sealed record HoldingRow(string Area, string Post, string Person);

/// <param name="Begins">Empty for the beginning that the rota has in pack.yaml.</param>
sealed record ShiftRow(string Rota, string Area, string Person, string From, string Days, string Begins, string Ends);

/// <summary>The bounding box that the schematic map fills, in hundred-thousandths of a degree.</summary>
readonly record struct Box(int West, int South, int East, int North)
{
    public static Box Degrees(decimal west, decimal south, decimal east, decimal north) =>
        new((int)(west * 100_000), (int)(south * 100_000), (int)(east * 100_000), (int)(north * 100_000));
}

/// <summary>
/// The tables of one pack while they are being generated. Areas are added parents first; the order of adding is the order in the files.
/// </summary>
sealed class PackDraft(Box extent)
{
    readonly List<AreaRow> _areas = [];
    readonly List<PersonRow> _people = [];
    readonly List<HoldingRow> _holdings = [];
    readonly List<ShiftRow> _shifts = [];

    public Box Extent { get; } = extent;
    public IReadOnlyList<AreaRow> Areas => _areas;
    public IReadOnlyList<PersonRow> People => _people;
    public IReadOnlyList<HoldingRow> Holdings => _holdings;
    public IReadOnlyList<ShiftRow> Shifts => _shifts;

    public AreaRow Add(AreaRow area)
    {
        _areas.Add(area);
        return area;
    }

    /// <summary>Adds generated areas below a parent, which have its name and a number: 吾田村第一党支部.</summary>
    public List<AreaRow> AddNumbered(AreaRow parent, int count, string level, Func<int, string> code, string word) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(n => Add(new AreaRow(code(n), $"{parent.Name}第{Chinese(n)}{word}", level, parent.Code, "", true))),
        ];

    /// <summary>Adds a person. The name depends only on the id, so that people who are added later don't change it.</summary>
    public string Person(string id, string employment = "")
    {
        _people.Add(new PersonRow(id, PersonNames.For(id), employment));
        return id;
    }

    public void Hold(AreaRow area, string post, string person) => _holdings.Add(new HoldingRow(area.Code, post, person));

    public void OnDuty(ShiftRow shift) => _shifts.Add(shift);

    public void HoldNew(AreaRow area, string post, string id, string employment = "") => Hold(area, post, Person(id, employment));
}
