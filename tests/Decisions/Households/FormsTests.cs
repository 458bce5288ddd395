using System.Collections.Immutable;
using System.Globalization;
using GridActors.Contracts.Households;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Forms;

namespace GridActors.Decisions.Tests.Households;

/// <summary>How <c>forms.yaml</c> is read, and whom a form counts.</summary>
public sealed class FormsTests : IDisposable
{
    const string File = "forms.yaml";
    static readonly DateOnly Today = new(2026, 11, 26);

    readonly SmallPack _small = new();

    public FormsTests()
    {
        _small.Replace("pack.yaml", "[read, report]", "[read, report, read-households, edit-households]");
        _small["households.yaml"] = """
            groups:
              - {id: elder-alone, name: 独居老人}
            certificates:
              - {id: disability, name: 残疾证, category: pothole, lead: 30d}
            purposes:
              - {id: service, name: 办理服务}

            """;
        _small[File] = """
            forms:
              - id: lapsing
                name: 到期名册
                where: {group: elder-alone, certificate: disability, lapses: quarter}
                columns:
                  - {name: 姓名, value: name}
                  - {name: 住址, value: household.address}
              - id: elders
                name: 老人统计表
                rowsBy: grid
                where: {ageFrom: 60}
                columns:
                  - {name: 女性, field: sex, is: "2"}

            """;
    }

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Forms_are_lists_of_residents_or_counts_by_areas()
    {
        var result = _small.Read();

        Assert.Empty(result.Errors);
        var forms = result.Pack!.Households!.Forms;
        Assert.Equal([("lapsing", true), ("elders", false)], forms.Select(f => (f.Id, f.IsList)));
        Assert.Equal(new FormCondition { Field = "sex", Is = "2" }, forms[1].Columns[0].Where);
    }

    [Theory]
    [InlineData("group: elder-alone", "group: giants", "4: group of form lapsing: there is no group giants")]
    [InlineData("value: name", "value: shoeSize", "6: value of a column of form lapsing: \"shoeSize\" is no field")]
    [InlineData("rowsBy: grid", "rowsBy: planet", "10: rowsBy of a form: planet is no level")]
    [InlineData("is: \"2\"", "is: \"x\"", "13: is of a column of form elders: \"x\" is no code of sex")]
    [InlineData("id: elders", "id: lapsing", "8: form lapsing stands twice")]
    [InlineData("certificate: disability, lapses", "lapses", "4: lapses needs a certificate")]
    public void Mistake_is_told_at_its_line(string old, string with, string error)
    {
        _small.Replace(File, old, with);

        Assert.Contains(_small.Errors(), e => e.StartsWith($"{File}:{error}", StringComparison.Ordinal));
    }

    [Fact]
    public void Forms_without_a_ledger_are_refused()
    {
        _small.Delete("households.yaml");

        Assert.Equal([$"{File}:1: forms are made from the ledger, and there is no households.yaml"], _small.Errors());
    }

    [Theory]
    [InlineData("1966-11-26", 60, null, true)]
    [InlineData("1966-11-27", 60, null, false)]
    [InlineData("1950-01-05", 60, 69, false)]
    [InlineData("", 0, null, false)]
    public void Age_is_that_of_the_day_on_which_the_form_is_made(string born, int from, int? to, bool isCounted)
    {
        var condition = new FormCondition { AgeFrom = from, AgeTo = to };

        Assert.Equal(isCounted, condition.Matches(Somebody(born), Today, _ => true));
    }

    [Theory]
    [InlineData("2026-12-31", true)]
    [InlineData("2027-01-01", false)]
    [InlineData("2020-01-01", true)]
    public void Certificate_lapses_by_the_end_of_the_quarter(string expiresOn, bool isCounted)
    {
        var resident = Somebody("") with
        {
            Certificates = [new(Guid.NewGuid(), "disability", DateOnly.Parse(expiresOn, CultureInfo.InvariantCulture))],
        };
        var condition = new FormCondition { Certificate = "disability", Lapses = FormPeriod.Quarter };

        Assert.Equal(isCounted, condition.Matches(resident, Today, _ => true));
    }

    [Fact]
    public void Group_that_somebody_may_not_know_of_counts_nobody()
    {
        var resident = Somebody("") with { Groups = ["mental-illness"] };
        var condition = new FormCondition { Group = "mental-illness" };

        Assert.True(condition.Matches(resident, Today, _ => true));
        Assert.False(condition.Matches(resident, Today, _ => false));
    }

    static ResidentView Somebody(string born) =>
        new(
            Guid.NewGuid(),
            ResidentKind.Registered,
            null,
            born.Length > 0 ? Facts.None.Add(StandardFields.BirthDate, born) : Facts.None,
            ImmutableArray<string>.Empty,
            [],
            []
        );
}
