using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Households;

/// <summary>How <c>households.yaml</c> is read, and what it says about a mistake.</summary>
public sealed class HouseholdsFileTests : IDisposable
{
    const string File = "households.yaml";

    readonly SmallPack _small = new();

    public HouseholdsFileTests()
    {
        _small.Replace("pack.yaml", "[read, report]", "[read, report, read-households, edit-households]");
        _small[File] = """
            codes:
              - {id: water, name: 饮水来源, codes: [{code: "1", name: 自来水}, {code: "2", name: 井水, also: [水井]}]}
            fields:
              resident:
                - {id: allergy, name: 过敏史, nameEn: Allergies, type: text, protection: sensitive}
              household:
                - {id: waterSource, name: 饮水来源, type: code, codes: water, protection: open}
              place:
                - {id: floors, name: 层数, type: number, protection: open}
            groups:
              - {id: elder-alone, name: 独居老人, visitEvery: 7d}
              - {id: mental-illness, name: 严重精神障碍患者, readBy: [worker], sensitive: true}
            certificates:
              - {id: disability, name: 残疾证, nameEn: Disability certificate, category: pothole, lead: 30d}
            purposes:
              - {id: service, name: 办理服务}
            linkedPosts: [worker]
            reveal: {perHour: 5, unusualPerDay: 20}
            retention: {movedOut: 6mo, died: 1y, reveals: 30d}
            keyPlaces:
              - {id: school, name: 学校, visitEvery: 30d}
              - {id: market, name: 农贸市场, nameEn: Markets}

            """;
    }

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Pack_without_the_file_keeps_no_households()
    {
        _small.Delete(File);

        Assert.Null(_small.Read().Pack!.Households);
    }

    [Fact]
    public void Fields_and_codes_of_the_pack_stand_behind_those_of_the_standard()
    {
        var rules = Rules();

        Assert.Equal("name", rules.Resident[0].Id);
        Assert.Equal("allergy", rules.Resident[^1].Id);
        Assert.Equal(
            new FieldRule("waterSource", "饮水来源", "", FieldType.Code, FieldProtection.Open, "water", false),
            rules.Field(SubjectKind.Household, "waterSource")! with
            {
                Also = [],
            }
        );
        Assert.Equal(FieldType.Number, rules.Field(SubjectKind.Place, "floors")!.Type);
        Assert.Null(rules.Field(SubjectKind.Household, "allergy"));
        Assert.Equal("2", rules.Codes["water"].Named("水井")!.Code);
        Assert.Equal("户主", rules.Codes["relation"].Find(HouseholdRules.HeadRelation)!.Name);
        Assert.Equal("GB/T 2261.1-2003", rules.Codes["sex"].Source);
    }

    [Fact]
    public void Groups_certificates_purposes_and_limits_are_read()
    {
        var rules = Rules();

        Assert.Equal(CalendarPeriod.Parse("7d"), rules.Group("elder-alone")!.VisitEvery);
        Assert.Equal((true, "worker"), (rules.Group("mental-illness")!.Sensitive, Assert.Single(rules.Group("mental-illness")!.ReadBy)));
        Assert.Null(rules.Group("nobody"));
        Assert.Equal(new KeyPlaceRule("school", "学校", "", CalendarPeriod.Parse("30d")), rules.KeyPlace("school"));
        Assert.Equal(("Markets", null), (rules.KeyPlace("market")!.NameEn, rules.KeyPlace("market")!.VisitEvery));
        Assert.Equal(("pothole", "30d"), (rules.Certificate("disability")!.Category, rules.Certificate("disability")!.Lead.ToString()));
        Assert.Equal("办理服务", rules.Purpose("service")!.Name);
        Assert.Equal(new RevealRule(5, 20), rules.Reveal);
        Assert.Equal("6mo 1y 30d", $"{rules.Retention.MovedOut} {rules.Retention.Died} {rules.Retention.Reveals}");
    }

    [Fact]
    public void Number_of_a_certificate_is_a_sensitive_field_of_a_resident()
    {
        var field = Rules().Field(SubjectKind.Resident, "certificate:disability");

        Assert.Equal((FieldType.Identifier, FieldProtection.Sensitive, "残疾证号码"), (field!.Type, field.Protection, field.Name));
        Assert.Null(Rules().Field(SubjectKind.Resident, "certificate:driving"));
        Assert.Null(Rules().Field(SubjectKind.Household, "certificate:disability"));
    }

    [Fact]
    public void Without_limits_and_retention_the_usual_ones_hold()
    {
        _small.Replace(File, "reveal: {perHour: 5, unusualPerDay: 20}\nretention: {movedOut: 6mo, died: 1y, reveals: 30d}\n", "");

        Assert.Equal((RevealRule.Default, RetentionRule.Default), (Rules().Reveal, Rules().Retention));
    }

    [Theory]
    [InlineData(
        "id: allergy",
        "id: Allergy",
        "5: id of a field: \"Allergy\" must begin with a small letter and have letters and digits alone"
    )]
    [InlineData("id: allergy", "id: relation", "5: id of a field: \"relation\" is no field: the service has it by itself")]
    [InlineData("id: allergy", "id: phone", "5: field phone of a resident stands twice, or is one of the standard's")]
    [InlineData("name: 过敏史", "name: 手机号", "5: \"手机号\" of field allergy is the header of another column of the sheet")]
    [InlineData("name: 过敏史", "name: 门牌", "5: \"门牌\" of field allergy is the header of another column of the sheet")]
    [InlineData("name: 过敏史", "name: 标签", "5: \"标签\" of field allergy is the header of another column of the sheet")]
    [InlineData("type: text", "type: blob", "5: type of a field: \"blob\" must be one of text, name, date, code")]
    [InlineData(
        "protection: sensitive",
        "protection: secret",
        "5: protection of a field: \"secret\" must be one of open, personal, sensitive"
    )]
    [InlineData("codes: water, ", "", "7: field waterSource: type code and a list of codes belong together")]
    [InlineData("codes: water, ", "codes: wine, ", "7: codes of a field: there is no code list wine")]
    [InlineData("id: water,", "id: sex,", "2: code list sex stands twice, or is one of the standard's")]
    [InlineData("also: [水井]", "also: [自来水]", "2: \"自来水\" of code 2 is code 1 already")]
    [InlineData(
        "visitEvery: 7d",
        "visitEvery: 7wd",
        "11: visitEvery of a group: \"7wd\" is no period; write days, months or years like 30d, 6mo"
    )]
    [InlineData("id: market", "id: school", "22: key place school stands twice, by its id or its name")]
    [InlineData("readBy: [worker]", "readBy: []", "12: readBy of a group must not be empty")]
    [InlineData("readBy: [worker]", "readBy: [king]", "12: readBy of group mental-illness: post king is not in pack.yaml")]
    [InlineData("readBy: [worker]", "readBy: [police]", "12: readBy of group mental-illness: post police may not read-households")]
    [InlineData("id: mental-illness", "id: elder-alone", "12: group elder-alone stands twice, by its id or its name")]
    [InlineData("category: pothole", "category: moon", "14: category of a certificate: moon is not in catalogue.yaml")]
    [InlineData(", lead: 30d", "", "14: lead of a certificate is missing")]
    [InlineData(
        "linkedPosts: [worker]",
        "linkedPosts: [dispatcher]",
        "1: linkedPosts of the households: post dispatcher may not read-households"
    )]
    [InlineData("perHour: 5", "perHour: 0", "18: perHour of reveal: \"0\" must be a number from 1 to 9999")]
    [InlineData(
        "reveals: 30d",
        "reveals: never",
        "19: reveals of retention: \"never\" is no period; write days, months or years like 30d, 6mo"
    )]
    [InlineData("reveal: {", "unveil: {", "18: \"unveil\" is no key of the households")]
    [InlineData("sensitive: true", "secret: true", "12: \"secret\" is no key of a group")]
    [InlineData("purposes:\n  - {id: service, name: 办理服务}\n", "", "1: purposes of the households is missing")]
    public void Mistake_is_told_at_its_line(string old, string with, string error)
    {
        _small.Replace(File, old, with);

        Assert.Contains(_small.Errors(), e => e.StartsWith($"{File}:{error}", StringComparison.Ordinal));
    }

    [Fact]
    public void Households_that_nobody_may_edit_are_refused()
    {
        _small.Replace("pack.yaml", ", edit-households", "");

        Assert.Equal([$"{File}:1: no post of pack.yaml may edit-households, so that nobody could enter one"], _small.Errors());
    }

    [Fact]
    public void Digest_changes_with_the_file_and_the_comparison_names_what_differs()
    {
        var before = _small.Read().Pack!;
        _small.Replace(File, "visitEvery: 7d", "visitEvery: 15d");
        _small.Replace(File, "perHour: 5", "perHour: 6");
        _small.Replace(File, "  - {id: service, name: 办理服务}", "  - {id: police, name: 公安协查}");
        _small.Replace(File, "name: 层数", "name: 楼层");

        var after = _small.Read().Pack!;

        Assert.NotEqual(before.Digest, after.Digest);
        Assert.Equal(
            [
                "settings Changed small reveal",
                "placeFields Changed floors name",
                "groups Changed elder-alone visitEvery",
                "purposes Added police ",
                "purposes Removed service ",
            ],
            PackComparison.Of(before, after).Select(c => $"{c.List} {c.Kind} {c.Id} {string.Join(',', c.Fields)}")
        );
    }

    HouseholdRules Rules()
    {
        var result = _small.Read();
        Assert.Empty(result.Errors);
        return result.Pack!.Households!;
    }
}
