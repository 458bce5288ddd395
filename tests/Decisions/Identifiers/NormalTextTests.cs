using FsCheck;
using FsCheck.Fluent;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;

namespace GridActors.Decisions.Tests.Identifiers;

/// <summary>The same value typed in several ways is kept once.</summary>
public sealed class NormalTextTests
{
    [Theory]
    [InlineData("买买提•吐尔逊", "买买提·吐尔逊")]
    [InlineData("买买提・吐尔逊", "买买提·吐尔逊")]
    [InlineData("买买提.吐尔逊", "买买提·吐尔逊")]
    [InlineData("买买提 · 吐尔逊", "买买提·吐尔逊")]
    [InlineData("张　三", "张三")]
    [InlineData(" 张三\u200B ", "张三")]
    [InlineData("𠮷田", "𠮷田")]
    [InlineData("㑇一", "㑇一")]
    [InlineData("John  Smith", "John Smith")]
    [InlineData("Ｊｏｈｎ", "John")]
    [InlineData("J. R. Smith", "J. R. Smith")]
    [InlineData("  ", "")]
    public void Name_is_kept_in_one_form(string typed, string name) => Assert.Equal(name, PersonNames.Normalise(typed));

    [Fact]
    public void Text_in_its_normal_form_is_its_own_normal_form() =>
        Prop.ForAll<string>(text =>
            {
                var (once, code, name) = (NormalText.Of(text ?? ""), NormalText.OfCode(text ?? ""), PersonNames.Normalise(text ?? ""));
                return NormalText.Of(once) == once && NormalText.OfCode(code) == code && PersonNames.Normalise(name) == name;
            })
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(FieldType.Name, "张*丰", ValueErrors.Masked)]
    [InlineData(FieldType.Phone, "138****5678", ValueErrors.Masked)]
    [InlineData(FieldType.Phone, "13812345678、13912345678", ValueErrors.SeveralPhones)]
    [InlineData(FieldType.Phone, "12345", ValueErrors.NotAPhone)]
    [InlineData(FieldType.Identifier, "110105********002X", ValueErrors.Masked)]
    [InlineData(FieldType.Address, "车站路****", ValueErrors.Masked)]
    [InlineData(FieldType.Date, "2027-01-01", ValueErrors.DateInFuture)]
    [InlineData(FieldType.Date, "去年", ValueErrors.NotADate)]
    [InlineData(FieldType.Code, "外星人", ValueErrors.UnknownCode)]
    [InlineData(FieldType.Boolean, "也许", ValueErrors.NotYesOrNo)]
    [InlineData(FieldType.Number, "三", ValueErrors.NotANumber)]
    [InlineData(FieldType.Text, "a\u0000b", ValueErrors.CannotBeShown)]
    public void Wrong_value_is_refused_with_the_reason(FieldType type, string text, string error) =>
        Assert.Equal(error, Read(type, text).Error);

    [Theory]
    [InlineData(FieldType.Code, "男", "1")]
    [InlineData(FieldType.Boolean, "是", "true")]
    [InlineData(FieldType.Boolean, "×", "false")]
    [InlineData(FieldType.Number, "1,234.50", "1234.5")]
    [InlineData(FieldType.Date, "2026.1.5", "2026-01-05")]
    [InlineData(FieldType.Address, "车站路１２号", "车站路12号")]
    [InlineData(FieldType.Text, "", "")]
    public void Value_is_kept_in_one_form(FieldType type, string text, string value) =>
        Assert.Equal(new FieldValue(value, null), Read(type, text));

    static FieldValue Read(FieldType type, string text) =>
        FieldValues.Read(type, text, typed => typed is "男" or "1" ? "1" : null, "111", new(2026, 11, 26));
}
