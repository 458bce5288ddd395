using System.Globalization;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Packs.Files;
using GridActors.Simulator.Households;

namespace GridActors.Simulator.Tests.Households;

/// <summary>The people that are made up for the packs: as many as were published, and valid in every field, but nobody's.</summary>
public sealed class GeneratedHouseholdsTests
{
    static readonly DateOnly AsOf = new(2026, 11, 26);

    [Theory]
    [InlineData("aoyang", 170, 16_970, 57_000)]
    [InlineData("chengtanjiang", 1_253, 17_542, 60_000)]
    [InlineData("beirong", 120, 3_840, 13_200)]
    public void Households_and_people_come_to_the_published_figures(string pack, int areas, int households, int people)
    {
        var generated = Generated(pack).ToList();

        Assert.Equal(
            (areas, households, people),
            (generated.Select(h => h.Area).Distinct().Count(), generated.Count, generated.Sum(h => h.Residents.Count))
        );
        Assert.Equal(people, generated.SelectMany(h => h.Residents).Select(r => r.Fields["idNumber"]).Distinct().Count());
        Assert.Equal(households, generated.Select(h => h.Fields["number"]).Distinct().Count());
    }

    [Fact]
    public void Every_fifth_grid_of_liling_has_560_households_and_2000_people()
    {
        var populations = Population.Of(Pack("liling"));

        Assert.Equal(820 / 5, populations.Count);
        Assert.All(populations, p => Assert.Equal((560, 2_000), (p.Households, p.People)));
        Assert.Equal(2_000, Generated("liling", populations[^1].Area.Code).Sum(h => h.Residents.Count));
    }

    [Theory]
    [InlineData("aoyang")]
    [InlineData("beirong")]
    [InlineData("qinghe")]
    public void Every_value_is_taken_by_the_rules_of_its_pack(string pack)
    {
        var rules = PackReader.Read(Folder(pack)).Pack!.Households!;

        foreach (var household in Generated(pack).Take(2_000))
        {
            Valid(SubjectKind.Household, household.Fields);
            foreach (var resident in household.Residents)
            {
                Valid(SubjectKind.Resident, resident.Fields);
                Assert.NotNull(rules.Codes["relation"].Find(resident.Relation));
                Assert.All(resident.Groups, g => Assert.NotNull(rules.Group(g)));
                Assert.All(resident.Certificates.Keys, c => Assert.NotNull(rules.Certificate(c)));
            }
        }

        void Valid(SubjectKind subject, IReadOnlyDictionary<string, string> fields)
        {
            foreach (var (id, value) in fields)
            {
                var field = rules.Field(subject, id)!;
                var read = FieldValues.Read(field.Type, value, v => rules.Codes[field.Codes!].Find(v)?.Code, "111", AsOf);
                Assert.Equal((id, value, null), (id, read.Value, read.Error));
            }
        }
    }

    [Theory]
    [InlineData("aoyang", "3500")]
    [InlineData("chengtanjiang", "4300")]
    public void Identity_cards_are_valid_and_of_a_division_that_is_never_given_out(string pack, string province)
    {
        foreach (var resident in Generated(pack).Take(3_000).SelectMany(h => h.Residents))
        {
            var check = IdentifierRules.Check(IdentifierRules.ResidentCard, resident.Fields["idNumber"], AsOf);

            Assert.Null(check.Error);
            Assert.StartsWith(province, check.Canonical, StringComparison.Ordinal);
            Assert.Equal(
                (resident.Fields["birthDate"], resident.Fields["sex"]),
                (check.BirthDate!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), check.Sex)
            );
        }
    }

    [Fact]
    public void Phones_and_plates_are_of_ranges_that_nobody_has()
    {
        var residents = Generated("aoyang").Take(2_000).SelectMany(h => h.Residents).ToList();

        Assert.All(residents.Where(r => r.Fields.ContainsKey("phone")), r => Assert.Matches("^154[0-9]{8}$", r.Fields["phone"]));
        Assert.All(residents.Where(r => r.Fields.ContainsKey("plate")), r => Assert.Matches("^闽I[0-9]{5}$", r.Fields["plate"]));
        Assert.Contains(residents, r => r.Fields.ContainsKey("plate"));
    }

    [Fact]
    public void Household_has_one_head_who_is_grown_up_and_siblings_of_different_ages()
    {
        foreach (var household in Generated("beirong"))
        {
            Assert.Equal(HouseholdRules.HeadRelation, household.Residents[0].Relation);
            Assert.Single(household.Residents, r => r.Relation == HouseholdRules.HeadRelation);
            Assert.True(Born(household.Residents[0]).AddYears(18) <= AsOf);
            var children = household.Residents.Where(r => r.Relation[0] is '2' or '3').Select(Born).Order().ToList();
            Assert.All(children.Zip(children.Skip(1)), pair => Assert.True(pair.First.AddMonths(10) < pair.Second));
        }

        static DateOnly Born(GeneratedResident resident) =>
            DateOnly.ParseExact(resident.Fields["birthDate"], "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Special_groups_and_certificates_are_those_of_the_pack_and_plausible()
    {
        var residents = Generated("aoyang").SelectMany(h => h.Residents.Select(r => (Resident: r, h.Residents.Count))).ToList();
        var rules = PackReader.Read(Folder("aoyang")).Pack!.Households!;

        Assert.All(rules.Groups, g => Assert.InRange(residents.Count(r => r.Resident.Groups.Contains(g.Id)), 1, residents.Count / 4));
        Assert.All(rules.Certificates, c => Assert.Contains(residents, r => r.Resident.Certificates.ContainsKey(c.Id)));
        Assert.All(residents.Where(r => r.Resident.Groups.Contains("elder-alone")), r => Assert.Equal(1, r.Count));
        Assert.Contains(residents, r => r.Resident.Fields["name"].Contains('·', StringComparison.Ordinal));
        Assert.Contains(residents, r => r.Resident.Fields["name"].Contains("𠮷", StringComparison.Ordinal));
    }

    [Fact]
    public void Area_has_the_same_people_alone_and_on_another_day()
    {
        var pack = Pack("aoyang");
        var area = pack.Leaves.ElementAt(100).Code;
        var people = Rows(Generated("aoyang").Where(h => h.Area == area));

        Assert.Equal(people, Rows(Generated("aoyang", area)));
        Assert.Equal(people, Rows(new HouseholdGenerator(pack, AsOf.AddYears(3)).Of(area)));

        static List<string> Rows(IEnumerable<GeneratedHousehold> households) =>
            [.. households.SelectMany(h => h.Residents.Select(r => string.Join(' ', h.Fields.Values.Concat(r.Fields.Values))))];
    }

    [Theory]
    [InlineData("households.csv")]
    [InlineData("households.xlsx")]
    public async Task Sheet_has_a_row_for_each_resident(string name)
    {
        var pack = Pack("qinghe");
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, name);
        var sheet = new HouseholdSheet(pack);
        var rows = new HouseholdGenerator(pack, AsOf).Of().SelectMany(sheet.Rows).ToList();

        await SheetFile.Write(file, sheet.Headers, rows, CancellationToken.None);

        Assert.Equal(
            "网格编码,户号,住址,门牌,户电话,户备注,饮水来源,姓名,与户主关系,人口类型,性别,出生日期,证件类型,证件号码,联系电话,民族,婚姻状况,文化程度,"
                + "政治面貌,职业,工作单位,户籍地址,照料人,照料人电话,"
                + "车牌号,备注,过敏史,重点人群,残疾证到期日,居住证到期日,标签",
            string.Join(',', sheet.Headers)
        );
        Assert.All(rows, r => Assert.Equal("generated", r[^1]));
        Assert.Equal("户主", rows[0][8]);
        if (name.EndsWith(".csv", StringComparison.Ordinal))
            Assert.Equal(1 + rows.Count, (await File.ReadAllLinesAsync(file)).Length);
        else
            Assert.Equal("PK", System.Text.Encoding.ASCII.GetString(await File.ReadAllBytesAsync(file), 0, 2));
        folder.Delete(recursive: true);
    }

    static IEnumerable<GeneratedHousehold> Generated(string pack, string? area = null) => new HouseholdGenerator(Pack(pack), AsOf).Of(area);

    static PackFolder Pack(string pack) => PackFolder.Read(Folder(pack));

    static string Folder(string pack) =>
        pack == "qinghe" ? Path.Combine(TestPacks.Folder, pack) : Path.Combine(TestPacks.Repository, "packs", pack);
}
