using GridActors.Contracts.Households;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Sheets;
using static GridActors.Decisions.Tests.Households.GivenImport;
using static GridActors.Domain.Households.Import.RowState;

namespace GridActors.Decisions.Tests.Households;

/// <summary>What an import of a sheet would do, and does.</summary>
public sealed class ImportTests
{
    const string Header = "户号,姓名,与户主关系,身份证号,联系电话,住址";
    static readonly string Zhang = IdOf(1960, 11);
    static readonly string Li = IdOf(1962, 22);
    static readonly string Son = IdOf(1990, 33);

    [Fact]
    public void Rows_of_nobody_who_is_registered_make_a_new_household()
    {
        var answer = new GivenImport().When(Header, $"7,张三,户主,{Zhang},13812345678,车站路7号", $"7,李四,配偶,{Li},,");

        Assert.Equal([New, New], answer.States);
        var household = Apply(answer.Groups[0], null, c => c.Apply(answer.Groups[0].Plan!));
        Assert.Equal("张三", household.Head!.Fields["name"]);
        Assert.Equal(
            ("1960-03-05", "1", "111"),
            (household.Head.Fields["birthDate"], household.Head.Fields["sex"], household.Head.Fields["idType"])
        );
        Assert.Equal(("7", "车站路7号"), (household.Fields["number"], household.Fields["address"]));
        Assert.Equal(2, household.Residents.Length);
    }

    [Fact]
    public void Same_file_again_changes_nothing()
    {
        string[] file = [Header, $"7,张三,户主,{Zhang},13812345678,车站路7号", $"7,李四,配偶,{Li},,"];
        var first = new GivenImport().When(file);
        var household = Apply(first.Groups[0], null, c => c.Apply(first.Groups[0].Plan!));

        var again = new ImportComparison(Rules, new([household]), () => throw new InvalidOperationException()).Compare(
            new(0, "g1", household.Fields, [.. first.Rows.Select(r => r.Row)])
        );

        Assert.Null(again.Plan);
        Assert.All(again.Rows, r => Assert.Equal(Unchanged, r.State));
    }

    [Fact]
    public void Row_of_somebody_registered_says_what_would_change_and_is_undone_whole()
    {
        var given = new GivenImport().Registered("g1", "7", ("张三", Zhang, "02"), ("李四", "", null));
        var answer = given.When(Header, $"7,张三,户主,{Zhang},13812345678,", $"7,李四,配偶,{Li},,车站路8号", $"7,张小三,子,{Son},,");

        Assert.Equal([Changed, Changed, New], answer.States);
        Assert.Equal(["household.address", "phone"], answer.Rows[0].Changed.ToArray());
        Assert.Equal(["birthDate", "idNumber", "idType", "sex", "relation"], answer.Rows[1].Changed.ToArray());

        var (group, before) = (answer.Groups[0], answer.Known[0]);
        var after = Apply(group, before, c => c.Apply(group.Plan!));
        Assert.Equal(3, after.Living.Count());
        var undone = Apply(group, after, c => c.Undo(group.Plan!, after, "撤销"));
        Assert.Equal(before.Fields, undone.Fields);
        Assert.Equal(2, undone.Living.Count());
        Assert.All(before.Residents, r => Assert.Equal(r.Fields, undone.Resident(r.Id)!.Fields));
    }

    [Fact]
    public void Undo_leaves_what_somebody_has_changed_since()
    {
        var answer = new GivenImport()
            .Registered("g1", "7", ("张三", Zhang, "02"))
            .When(Header, $"7,张三,户主,{Zhang},13812345678,新路1号");
        var group = answer.Groups[0];
        var after = Apply(group, answer.Known[0], c => c.Apply(group.Plan!));
        var later = after with { Fields = after.Fields.SetItem("address", "别处2号") };

        var undone = Apply(group, later, c => c.Undo(group.Plan!, later, "撤销"));

        Assert.Equal("别处2号", undone.Fields["address"]);
        Assert.False(undone.Head!.Fields.ContainsKey("phone"));
    }

    [Theory]
    [InlineData("张叁", true, ImportErrors.OtherName)]
    [InlineData("张三", false, ImportErrors.OtherNumber)]
    public void Same_person_under_another_spelling_is_doubtful(string name, bool sameNumber, string code)
    {
        var other = Domain.Identifiers.IdentifierRules.Check("111", Zhang).BirthDate!.Value;
        var number = sameNumber ? Zhang : Identifiers.GivenId.Of("430281", other, 55);

        var answer = new GivenImport().Registered("g1", "7", ("张三", Zhang, "02")).When(Header, $"7,{name},,{number},,");

        Assert.Equal([Doubtful], answer.States);
        Assert.Equal([code], answer.Codes);
        Assert.Null(answer.Groups[0].Plan);
    }

    [Fact]
    public void Resident_of_another_household_is_doubtful_and_the_others_go_in()
    {
        var answer = new GivenImport()
            .Registered("g1", "7", ("张三", Zhang, "02"))
            .Registered("g1", "8", ("李四", Li, "02"))
            .When(Header, $"7,张三,户主,{Zhang},13812345678,", $"7,李四,配偶,{Li},,");

        Assert.Equal([Changed, Doubtful], answer.States);
        Assert.Equal([ImportErrors.InOtherHousehold], answer.Codes);
    }

    [Fact]
    public void Somebody_without_a_number_who_has_a_namesake_of_one_age_is_doubtful()
    {
        var answer = new GivenImport()
            .Registered("g1", "7", ("张三", Zhang, "02"))
            .When("户号,姓名,与户主关系,出生日期", "9,张三,户主,1960-03-05");

        Assert.Equal([ImportErrors.MaybeSame], answer.Codes);
    }

    [Fact]
    public void Number_of_a_household_with_other_people_is_doubtful()
    {
        var answer = new GivenImport().Registered("g1", "7", ("张三", Zhang, "02")).When(Header, $"7,李四,户主,{Li},,");

        Assert.Equal([ImportErrors.OtherHousehold], answer.Codes);
    }

    [Fact]
    public void Another_head_than_the_registered_one_is_doubtful()
    {
        var answer = new GivenImport()
            .Registered("g1", "7", ("张三", Zhang, "02"), ("李四", Li, "10"))
            .When(Header, $"7,张三,配偶,{Zhang},,", $"7,李四,户主,{Li},,");

        Assert.Equal([ImportErrors.OtherHead, ImportErrors.OtherHead], answer.Codes);
    }

    [Fact]
    public void Second_head_is_wrong_and_the_first_goes_in()
    {
        var answer = new GivenImport().When(Header, $"7,张三,户主,{Zhang},,", $"7,李四,户主,{Li},,");

        Assert.Equal([New, Wrong], answer.States);
        Assert.Equal([ImportErrors.TwoHeads], answer.Codes);
        Assert.Equal(2, answer.Rows[1].Reasons[0].Other);
    }

    [Fact]
    public void Household_without_a_head_or_with_a_wrong_one_waits()
    {
        var answer = new GivenImport().When(
            Header,
            $"7,张三,配偶,{Zhang},,",
            $"7,李四,子,{Li},,",
            "8,王五,户主,430281196003050001,,",
            $"8,王小五,子,{Son},,"
        );

        Assert.Equal([Wrong, Wrong, Wrong, Wrong], answer.States);
        Assert.Equal(
            [ImportErrors.NoHead, ImportErrors.NoHead, ValueErrors.IdentifierCheckDigit, ImportErrors.HouseholdWrong],
            answer.Codes
        );
    }

    [Fact]
    public void All_errors_of_a_row_are_told_at_once()
    {
        var answer = new GivenImport().When(Header, "7,张*,表妹,4.30281E+17,12345,");

        Assert.Equal(
            [ValueErrors.Masked, ValueErrors.UnknownCode, ValueErrors.NumberLost, ValueErrors.NotAPhone],
            answer.Codes.Where(c => c != ImportErrors.NoHead)
        );
        Assert.All(answer.Rows[0].Reasons, r => Assert.NotEqual(ImportErrors.Sentence(r, true), ImportErrors.Sentence(r, false)));
        Assert.StartsWith("身份证号：", ImportErrors.Sentence(answer.Rows[0].Reasons[2], english: false), StringComparison.Ordinal);
    }

    [Fact]
    public void One_person_twice_in_a_file_is_wrong_the_second_time()
    {
        var answer = new GivenImport().When(Header, $"7,张三,户主,{Zhang},,", $"8,张三,户主,{Zhang},,");

        Assert.Equal([New, Wrong], answer.States);
        Assert.Equal(new RowError("", ImportErrors.TwiceInFile, 2), answer.Rows[1].Reasons[0]);
    }

    [Fact]
    public void Households_are_told_apart_by_their_head_when_they_have_no_number()
    {
        var answer = new GivenImport().When(
            "姓名,与户主关系,身份证号,家庭住址",
            $"张三,户主,{Zhang},车站路7号",
            $"李四,配偶,{Li},",
            $"王五,户主,{Son},车站路8号"
        );

        Assert.Equal([2, 1], answer.Groups.Select(g => g.Rows.Length));
    }

    [Fact]
    public void Households_are_told_apart_by_the_name_of_the_head_and_the_address()
    {
        var answer = new GivenImport().When(
            "户主,姓名,身份证号,家庭住址",
            $"张三,张三,{Zhang},车站路7号",
            $"王五,王五,{Son},车站路8号",
            $"张三,李四,{Li},车站路7号"
        );

        Assert.Equal([2, 1], answer.Groups.Select(g => g.Rows.Length));
        Assert.Equal("张三", answer.Groups[0].Rows.Single(r => r.Row.IsHead).Row.Name);
    }

    [Fact]
    public void Header_is_found_below_titles_in_any_order_and_notes_are_passed_over()
    {
        var answer = new GivenImport().When(
            "车站社区居民信息登记表,,,",
            ",,,",
            "序号,姓 名*,公民身份号码（18位）,与户主关系",
            $"1,张三,{Zhang},户主",
            "2,,,",
            "序号,姓 名*,公民身份号码（18位）,与户主关系",
            $"3,李四,{Li},妻",
            "填表人：王五,,填表日期：2026.1.5,"
        );

        Assert.Equal([4, 7], answer.Rows.Select(r => r.Row.Line));
    }

    [Theory]
    [InlineData(SheetRefusals.NoHeader, "电话号簿", "某人,123")]
    [InlineData(SheetRefusals.NoHeader, "户号,住址", "7,车站路")]
    [InlineData(SheetRefusals.SameColumn, "姓名,身份证号,公民身份号码", "张三,1,2")]
    public void File_whose_columns_are_not_known_is_refused(string refusal, params string[] file) =>
        Assert.Equal(refusal, new GivenImport().When(file).Refusal);

    [Fact]
    public void Half_a_date_beside_a_good_number_does_not_matter_and_another_date_does()
    {
        var answer = new GivenImport().When(
            "户号,姓名,与户主关系,身份证号,出生日期,性别",
            $"7,张三,户主,{Zhang},1960年3月,",
            $"8,李四,户主,{Li},1962-03-06,男"
        );

        Assert.Equal([New, Wrong], answer.States);
        Assert.Equal([ValueErrors.BirthDateDiffers, ValueErrors.SexDiffers], answer.Codes);
    }

    [Fact]
    public void Area_of_a_row_is_taken_from_its_column_and_is_needed_without_a_chosen_one()
    {
        string[] file = ["网格,姓名,与户主关系,身份证号", $"g2,张三,户主,{Zhang}", $"别处,李四,户主,{Li}", $",王五,户主,{Son}"];

        var answer = new GivenImport().When(null, file);

        Assert.Equal("g2", answer.Groups[0].Plan!.Area);
        Assert.Equal([ImportErrors.UnknownArea, ImportErrors.NoArea], answer.Codes);
    }

    [Fact]
    public void Groups_tags_certificates_and_kinds_are_read_and_added_to_what_is_known()
    {
        var answer = new GivenImport()
            .Registered("g1", "7", ("张三", Zhang, "02"))
            .When("姓名,身份证号,人口类型,重点人群,残疾证到期日,标签", $"张三,{Zhang},流动人口,独居老人、无,2027.5.1,志愿者");

        Assert.Equal(["kind", "groups", "certificates", "tags"], answer.Rows[0].Changed.ToArray());
        var after = Apply(answer.Groups[0], answer.Known[0], c => c.Apply(answer.Groups[0].Plan!)).Head!;
        Assert.Equal(
            (ResidentKind.Migrant, "alone", new DateOnly(2027, 5, 1)),
            (after.Kind, after.Groups[0], after.Certificates[0].ExpiresOn)
        );
    }

    [Fact]
    public void List_without_households_changes_who_is_registered_and_registers_nobody()
    {
        var answer = new GivenImport()
            .Registered("g1", "7", ("张三", Zhang, "02"))
            .Registered("g1", "8", ("李四", Li, "02"))
            .When("姓名,身份证号,手机号", $"张三,{Zhang},13812345678", $"李四,{Li},13912345678", $"王五,{Son},");

        Assert.Equal([Changed, Changed, Wrong], answer.States);
        Assert.Equal([ImportErrors.NoHead], answer.Codes);
    }

    [Fact]
    public void Old_number_of_a_card_does_not_replace_the_new_one()
    {
        var old = Zhang[..6] + Zhang[8..17];

        var answer = new GivenImport().Registered("g1", "7", ("张三", Zhang, "02")).When(Header, $"7,张三,户主,{old},,");

        Assert.Equal([Unchanged], answer.States);
    }
}
