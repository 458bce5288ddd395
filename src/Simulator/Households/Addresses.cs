using System.Globalization;
using GridActors.Generator;

namespace GridActors.Simulator.Households;

/// <summary>
/// Addresses as the place writes them: in a community road, number and building, with unit and room as the door; in a village the group of
/// houses, with its number as the door. Roads and groups are made up.
/// </summary>
sealed class Addresses
{
    static readonly string[] Roads =
    [
        "解放路",
        "人民路",
        "建设路",
        "新华路",
        "中山路",
        "文化路",
        "东风路",
        "胜利路",
        "滨江路",
        "站前路",
        "学府路",
        "和平路",
    ];

    static readonly string[] Groups =
    [
        "大屋组",
        "坪上组",
        "溪口组",
        "桥头组",
        "老屋组",
        "塘边组",
        "坳上组",
        "对门组",
        "岩坎组",
        "新屋组",
        "樟树组",
        "上湾组",
        "下湾组",
        "井边组",
    ];

    /// <summary>Every building of a community has so many units, floors and doors a floor.</summary>
    public const int Units = 2;
    public const int Floors = 6;
    public const int DoorsPerFloor = 2;

    const int DoorsOfUnit = Floors * DoorsPerFloor;
    const int DoorsOfBuilding = Units * DoorsOfUnit;
    const int DoorsOfGroup = 28;

    readonly string _place;
    readonly bool _isUrban;
    readonly int _first;

    public Addresses(PackFolder pack, AreaLine area, ref Draw draw)
    {
        var upwards = pack.Upwards(area).ToList();
        // What the generator of areas numbered is no part of an address.
        _place = string.Concat(upwards.Where(a => !a.Generated).Reverse().Select(a => a.Name));
        _isUrban = upwards.Exists(a => a.Kind == "urban");
        _first = draw.Next(1_000);
    }

    public bool IsUrban => _isUrban;

    /// <param name="number">Counts the households of the area, from 0.</param>
    public (string Address, string Door) Of(int number)
    {
        if (!_isUrban)
            return ($"{_place}{Groups[(_first + number / DoorsOfGroup) % Groups.Length]}", Text($"{number % DoorsOfGroup + 1}号"));
        var building = number / DoorsOfBuilding;
        var (unit, inUnit) = (number % DoorsOfBuilding / DoorsOfUnit, number % DoorsOfUnit);
        var road = Roads[(_first + building / 6) % Roads.Length];
        return (
            Text($"{_place}{road}{2 * (_first % 90) + building / 6 + 1}号{building % 6 + 1}栋"),
            Text($"{unit + 1}单元{inUnit / 2 + 1}{inUnit % 2 + 1:00}室")
        );
    }

    /// <summary>The building and the door of a household in a community; null in a village, whose houses stand by themselves.</summary>
    public GeneratedHome? HomeOf(int number)
    {
        if (!_isUrban)
            return null;
        var (unit, inUnit) = (number % DoorsOfBuilding / DoorsOfUnit, number % DoorsOfUnit);
        return new(number / DoorsOfBuilding, Text($"{unit + 1}单元"), Text($"{inUnit / DoorsPerFloor + 1}{inUnit % DoorsPerFloor + 1:00}"));
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
