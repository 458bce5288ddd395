using System.Globalization;
using System.Text;
using GridActors.Generator;

namespace GridActors.Simulator.Households;

/// <summary>
/// Makes up the households of a pack. The same pack gives the same people on every machine; only the days on which certificates lapse
/// follow <paramref name="asOf"/>. An area has the same people whether it is generated alone or with all others.
/// </summary>
sealed class HouseholdGenerator(PackFolder pack, DateOnly asOf)
{
    /// <summary>Ages are counted on this day, so that nobody's date of birth changes from one day to the next.</summary>
    static readonly DateOnly AgesOn = new(2026, 1, 1);

    static readonly string[] Elsewhere =
    [
        "广东省深圳市",
        "广东省东莞市",
        "广东省广州市",
        "浙江省宁波市",
        "浙江省温州市",
        "江苏省苏州市",
        "上海市",
        "福建省福州市",
        "福建省泉州市",
    ];

    static readonly string[] Homes =
    [
        "贵州省毕节市",
        "云南省昭通市",
        "江西省萍乡市",
        "四川省达州市",
        "河南省周口市",
        "湖北省恩施州",
        "湖南省邵阳市",
        "福建省宁德市",
    ];

    static readonly string[] Work =
    [
        "务农",
        "工人",
        "个体经营",
        "教师",
        "医护人员",
        "司机",
        "建筑工人",
        "企业职员",
        "公务员",
        "服务员",
        "务工",
        "厨师",
    ];

    /// <summary>By the first two digits of the code: the letter of number plates, and who else lives there than Han.</summary>
    static readonly Dictionary<string, (string Plate, (string Ethnicity, int Percent)[] Others)> Provinces = new()
    {
        ["35"] = ("闽", [("22", 4)]),
        ["43"] = ("湘", [("15", 2), ("06", 2)]),
    };

    readonly string _province = pack.Areas[0].Code is [>= '1' and <= '8', >= '0' and <= '9', ..] code ? code[..2] : "43";
    readonly Groups _groups = new(pack, asOf);
    readonly HashSet<string> _fields = [.. pack.Household.Concat(pack.Resident).Select(f => f.Id)];

    readonly IReadOnlyList<string> _waterSources = [.. pack.Household.Where(f => f.Id == "waterSource").SelectMany(f => f.Names.Keys)];

    /// <param name="area">Only that area and what is below it; null for all.</param>
    public IEnumerable<GeneratedHousehold> Of(string? area = null) =>
        Population.Of(pack).Where(p => area is null || pack.Upwards(p.Area).Any(a => a.Code == area)).SelectMany(Of);

    IEnumerable<GeneratedHousehold> Of(AreaPopulation population)
    {
        var draw = new Draw(Encoding.UTF8.GetBytes($"{pack.Id}/{population.Area.Code}"));
        var addresses = new Addresses(pack, population.Area, ref draw);
        var numbers = new TestNumbers(_province, population);
        var sizes = Family.Sizes(population.Households, population.People, ref draw);
        for (var i = 0; i < sizes.Length; i++)
            yield return Household(population.Area, i, sizes[i], addresses, numbers, ref draw);
    }

    GeneratedHousehold Household(AreaLine area, int number, int size, Addresses addresses, TestNumbers numbers, ref Draw draw)
    {
        var members = Family.Of(size, ref draw);
        var traits = Traits(members, addresses.IsUrban, ref draw);
        var names = new FamilyNames(ref draw);
        var ethnicity = names.Ethnicity ?? Ethnicity(ref draw);
        var residents = new List<GeneratedResident>(members.Count);
        foreach (var member in members)
            residents.Add(Resident(member, members, traits, names.Of(member, members[0].IsWoman, ref draw), ethnicity, numbers, ref draw));
        var (address, door) = addresses.Of(number);
        var fields = new Dictionary<string, string>
        {
            ["number"] = string.Create(CultureInfo.InvariantCulture, $"{area.Code}-{number + 1:0000}"),
            ["address"] = address,
            ["door"] = door,
        };
        Set(fields, "representative", residents[0].Fields["name"]);
        if (_waterSources.Count > 0)
            fields["waterSource"] = _waterSources[draw.Next(_waterSources.Count)];
        return new(area.Code, fields, residents, addresses.HomeOf(number));
    }

    static HouseholdTraits Traits(List<Member> members, bool isUrban, ref Draw draw)
    {
        var isMigrant = draw.Next(100) < (isUrban ? 22 : 4);
        var hasElders = members.Exists(m => m.Relation is Family.Father or Family.Mother || m.Relation is "41" or "42");
        var isLeftBehind = !isUrban && !isMigrant && hasElders && draw.Next(100) < 40;
        var home = Homes[draw.Next(Homes.Length)];
        return new(members.Count, isMigrant, isLeftBehind, draw.Next(1_000) < 18, !isUrban && draw.Next(1_000) < 12, home);
    }

    GeneratedResident Resident(
        Member member,
        List<Member> members,
        in HouseholdTraits household,
        string name,
        string ethnicity,
        TestNumbers numbers,
        ref Draw draw
    )
    {
        var kind = Kind(member, household, ref draw);
        var born = AgesOn.AddYears(-member.Age).AddDays(-1 - draw.Next(365));
        var fields = new Dictionary<string, string>
        {
            ["name"] = name,
            ["sex"] = member.IsWoman ? "2" : "1",
            ["birthDate"] = born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["idType"] = "111",
            ["idNumber"] = numbers.IdentityCard(born, member.IsWoman, ref draw),
            ["ethnicity"] = ethnicity,
            ["marital"] = Marital(member, members, ref draw),
            ["education"] = Education(member.Age, ref draw),
            ["politics"] = Politics(member.Age, ref draw),
            ["occupation"] = Occupation(member.Age, ref draw),
        };
        if (member.Age >= 14 && draw.Next(100) < 88)
            fields["phone"] = TestNumbers.Phone(ref draw);
        if (member.Age is >= Family.Adult and < 70 && draw.Next(100) < 15)
            fields["plate"] = TestNumbers.Plate(PlateLetter, ref draw);
        if (kind == "migrant")
            fields["registeredAddress"] = household.Home;
        if (kind == "absent")
            Set(fields, "whereabouts", Elsewhere[draw.Next(Elsewhere.Length)]);
        Set(fields, "medicalInsurance", draw.Next(100) < 95 ? "true" : "false");
        var (groups, certificates) = _groups.Of(member, kind, household, ref draw);
        return new(kind, member.Relation, fields, groups, certificates);
    }

    string PlateLetter => Provinces.TryGetValue(_province, out var province) ? province.Plate : "湘";

    /// <summary>A field that some packs have.</summary>
    void Set(Dictionary<string, string> fields, string field, string value)
    {
        if (_fields.Contains(field))
            fields[field] = value;
    }

    static string Kind(Member member, in HouseholdTraits household, ref Draw draw)
    {
        if (household.IsMigrant)
            return "migrant";
        var isParent = member.Relation is Family.Head or Family.Husband or Family.Wife && member.Age < 55;
        if (household.IsLeftBehind && isParent)
            return "absent";
        return member.Age is >= 19 and < 45 && draw.Next(100) < 6 ? "absent" : "registered";
    }

    string Ethnicity(ref Draw draw)
    {
        var roll = draw.Next(100);
        foreach (var (ethnicity, percent) in Provinces.TryGetValue(_province, out var province) ? province.Others : [])
            if ((roll -= percent) < 0)
                return ethnicity;
        return "01";
    }

    static string Marital(Member member, List<Member> members, ref Draw draw)
    {
        if (member.Age < 20)
            return "10";
        var isOfCouple = members.Exists(m => m.Relation is Family.Husband or Family.Wife);
        return member.Relation switch
        {
            Family.Head or Family.Husband or Family.Wife when isOfCouple => "20",
            Family.Father or Family.Mother => members.Exists(m => m.Relation is Family.Father)
            && members.Exists(m => m.Relation is Family.Mother)
                ? "20"
                : "30",
            _ when member.Age >= 60 => "30",
            _ => member.Age < 30 || draw.Next(100) < 70 ? "10" : "40",
        };
    }

    static string Education(int age, ref Draw draw)
    {
        var roll = draw.Next(100);
        return age switch
        {
            < 7 => "90",
            < 13 => "80",
            < 16 => "70",
            < 19 => roll < 75 ? "60" : "40",
            < 40 => roll < 10 ? "80"
            : roll < 45 ? "70"
            : roll < 65 ? "60"
            : roll < 84 ? "30"
            : "20",
            < 60 => roll < 25 ? "80"
            : roll < 72 ? "70"
            : roll < 90 ? "60"
            : "30",
            _ => roll < 12 ? "90"
            : roll < 65 ? "80"
            : roll < 93 ? "70"
            : "60",
        };
    }

    static string Politics(int age, ref Draw draw)
    {
        var roll = draw.Next(100);
        return age is >= 14 and <= 28 && roll < 25 ? "03"
            : age >= 20 && roll < 8 ? "01"
            : "13";
    }

    static string Occupation(int age, ref Draw draw) =>
        age switch
        {
            < 6 => "学龄前",
            < 20 => "学生",
            >= 68 => "退休",
            _ => Work[draw.Next(Work.Length)],
        };
}
