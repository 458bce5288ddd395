using GridActors.Contracts.Cases;
using GridActors.Web;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Http;

namespace GridActors.Decisions.Tests.Contracts;

/// <summary>In the middle of an upgrade, a silo of a later version answers things that a web process doesn't know yet.</summary>
public sealed class UnknownValueTests
{
    [Theory]
    [InlineData("zh", "现在不能做这一步，请刷新页面后再试。")]
    [InlineData("en", "This can't be done now; load the page anew.")]
    public void Code_of_a_later_version_is_answered_as_a_conflict_that_names_it(string language, string sentence)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = language;

        var problem = Problem.Of("frozen-by-the-court", context);

        Assert.Equal((409, sentence), (problem.StatusCode, problem.ProblemDetails.Detail));
        Assert.Equal("frozen-by-the-court", problem.ProblemDetails.Extensions["code"]);
        Assert.Equal(sentence, Problem.Sentence("frozen-by-the-court", english: language == "en"));
    }

    [Fact]
    public void Step_and_status_of_a_later_version_have_a_name()
    {
        Assert.Equal("unknown", ApiNames.Of((CaseStep)100));
        Assert.Equal("unknown", ApiNames.Of(CaseStep.Unknown));
        Assert.Equal("unknown", ApiNames.Of((CaseStatus)100));
        Assert.Equal("reoffered", ApiNames.Of(CaseStep.Reoffered));
    }
}
