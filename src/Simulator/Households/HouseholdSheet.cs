using System.Globalization;

namespace GridActors.Simulator.Households;

/// <summary>The sheet in which households are imported: a row for each resident (docs/households.md).</summary>
sealed class HouseholdSheet
{
    readonly PackFolder _pack;
    readonly List<SheetField> _household;
    readonly List<SheetField> _resident;

    public HouseholdSheet(PackFolder pack)
    {
        _pack = pack;
        _household = [.. pack.Household];
        _resident = [.. pack.Resident];
        Headers =
        [
            "网格编码",
            .. _household.Select(f => f.Header),
            _resident[0].Header,
            "与户主关系",
            "人口类型",
            .. _resident.Skip(1).Select(f => f.Header),
            "重点人群",
            .. pack.Certificates.Values.Select(name => $"{name}到期日"),
            "标签",
        ];
    }

    public IReadOnlyList<string> Headers { get; }

    public IEnumerable<string[]> Rows(GeneratedHousehold household) => household.Residents.Select(r => Row(household, r));

    string[] Row(GeneratedHousehold household, GeneratedResident resident)
    {
        var row = new string[Headers.Count];
        var i = 0;
        row[i++] = household.Area;
        foreach (var field in _household)
            row[i++] = Shown(field, household.Fields);
        row[i++] = Shown(_resident[0], resident.Fields);
        row[i++] = _pack.Relations.GetValueOrDefault(resident.Relation, resident.Relation);
        row[i++] = resident.Kind switch
        {
            "migrant" => "流动",
            "absent" => "外出",
            _ => "户籍",
        };
        foreach (var field in _resident.Skip(1))
            row[i++] = Shown(field, resident.Fields);
        row[i++] = string.Join('、', resident.Groups.Select(g => _pack.Groups[g]));
        foreach (var kind in _pack.Certificates.Keys)
            row[i++] = resident.Certificates.TryGetValue(kind, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
        row[i] = GeneratedResident.Tag;
        return row;
    }

    static string Shown(SheetField field, IReadOnlyDictionary<string, string> fields) =>
        fields.TryGetValue(field.Id, out var value)
            ? value switch
            {
                "true" => "是",
                "false" => "否",
                _ => field.Shown(value),
            }
            : "";
}
