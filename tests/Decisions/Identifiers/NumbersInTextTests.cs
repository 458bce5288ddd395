using GridActors.Domain.Identifiers;

namespace GridActors.Decisions.Tests.Identifiers;

/// <summary>Which numbers in what somebody wrote are masked for those who don't work on it.</summary>
public sealed class NumbersInTextTests
{
    [Theory]
    [InlineData("独居老人张三丰 13812345678 求助", "独居老人张三丰 138****5678 求助")]
    [InlineData("电话13812345678、13912345679", "电话138****5678、139****5679")]
    [InlineData("身份证11010519491231002X补办", "身份证110105********002X补办")]
    [InlineData("身份证11010519491231002x补办", "身份证110105********002x补办")]
    [InlineData("身份证110105194912310021（抄错一位）", "身份证110105********0021（抄错一位）")]
    public void Number_of_a_phone_or_a_card_is_masked(string text, string masked) => Assert.Equal(masked, NumbersInText.Mask(text));

    [Theory]
    [InlineData("路面坑洞")]
    [InlineData("事项 101004141294 的回复")] // A number of another system.
    [InlineData("合同 202611260000123456 到期")] // No date of birth in it.
    [InlineData("138123456789")]
    [InlineData("12345678901")]
    [InlineData("3栋502，12号")]
    public void Any_other_number_stays(string text) => Assert.Equal(text, NumbersInText.Mask(text));
}
