using GridActors.Contracts.Surveys;
using GridActors.Decisions.Tests.Packs;

namespace GridActors.Decisions.Tests.Surveys;

/// <summary>How <c>surveys.yaml</c> is read, and what it says about a mistake.</summary>
public sealed class SurveysFileTests : IDisposable
{
    const string File = "surveys.yaml";

    readonly SmallPack _small = new();

    public SurveysFileTests()
    {
        _small.Replace("pack.yaml", "[read, report]", "[read, report, read-households, edit-households]");
        _small["households.yaml"] = "purposes: [{id: service, name: 办理服务}]\n";
        _small[File] = """
            smallCountsFrom: grid
            surveys:
              - id: school-year
                title: 学年就学调查
                purpose: 防止失学辍学
                subject: resident
                filter: {minAge: 6, maxAge: 16, kinds: [registered]}
                from: 2026-09-01
                until: 2026-12-31
                questions:
                  - {id: in-school, name: 在读吗, type: yes-no, required: true}
                  - {id: school, name: 学校, type: text, when: {question: in-school, is: ["true"]}, protection: open}

            """;
    }

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Survey_is_read_with_its_conditions()
    {
        var surveys = _small.Read().Pack!.Surveys!;

        var definition = Assert.Single(surveys.Surveys).Definition;
        Assert.Equal((SurveySubject.Resident, 6, 16), (definition.Subject, definition.Filter.MinAge, definition.Filter.MaxAge));
        Assert.Equal([true, false], definition.Questions.Select(q => q.IsPersonal));
        Assert.Equal("in-school", definition.Questions[1].When!.Question);
        Assert.Equal("grid", surveys.SmallCountsFrom);
    }

    [Theory]
    [InlineData(
        "type: yes-no",
        "type: maybe",
        "11: type of a question: \"maybe\" must be one of single, multiple, yes-no, number, date, text"
    )]
    [InlineData(
        "is: [\"true\"]",
        "is: [\"yes\"]",
        "3: questions[1].when of survey school-year has an answer that the question doesn't have"
    )]
    [InlineData("until: 2026-12-31", "until: 2026-08-31", "3: until of survey school-year is before the first day")]
    [InlineData("kinds: [registered]", "kinds: [ghosts]", "7: \"ghosts\" must be one of registered, migrant, absent")]
    public void Mistake_is_named_with_its_line(string what, string by, string expected)
    {
        _small.Replace(File, what, by);

        Assert.Contains(_small.Read().Errors, e => e.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Surveys_need_households()
    {
        _small.Delete("households.yaml");

        Assert.Contains(_small.Read().Errors, e => e.ToString().Contains("surveys need households.yaml", StringComparison.Ordinal));
    }
}
