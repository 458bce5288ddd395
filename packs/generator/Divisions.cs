namespace GridActors.Generator;

/// <param name="Code">County: 6 digits, town or street: 9, village or community: 12; the source pads them all to 12.</param>
/// <param name="Original">The name in the source where <paramref name="Name"/> differs from it, else empty.</param>
sealed record Division(string Code, string Name, string Original)
{
    /// <summary>Statistical codes give neighbourhood committees 001–199 and 400–499, village committees the rest.</summary>
    public bool IsUrban => Code[9] is '0' or '1' or '4';

    public bool IsStreet => Code[6] == '0';
}

sealed record Town(Division Division, IReadOnlyList<Division> Villages);

/// <summary>Reads the published lists of divisions in the repository's data folder.</summary>
static class Divisions
{
    const int TownLevel = 4;

    // The longest suffix comes first, so that 村村委会 doesn't lose only its 委会.
    static readonly (string Suffix, string Display)[] Suffixes =
    [
        ("社区居民委员会", "社区"),
        ("村村民委员会", "村"),
        ("社区居委会", "社区"),
        ("村民委员会", "村"),
        ("居民委员会", "社区"),
        ("村村委会", "村"),
        ("居委会", "社区"),
        ("村委会", "村"),
    ];

    public static IReadOnlyList<Town> Read(string file)
    {
        var towns = new List<Town>();
        foreach (var line in File.ReadLines(file).Skip(1))
        {
            if (line.Split(',') is not [var code, var name, _, var levelText])
                throw new InvalidDataException($"{file}: {line}");
            var level = int.Parse(levelText, System.Globalization.CultureInfo.InvariantCulture);
            if (level == TownLevel)
                towns.Add(new Town(new Division(code[..9], name, ""), new List<Division>()));
            if (level > TownLevel)
                ((List<Division>)towns[^1].Villages).Add(Normalise(code, name));
        }
        return towns;
    }

    static Division Normalise(string code, string name)
    {
        foreach (var (suffix, display) in Suffixes)
            if (name.EndsWith(suffix, StringComparison.Ordinal))
                return new Division(code, string.Concat(name.AsSpan(0, name.Length - suffix.Length), display), name);
        return new Division(code, name, "");
    }
}
