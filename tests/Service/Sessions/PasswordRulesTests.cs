using GridActors.Contracts.People;
using GridActors.Storage.Accounts;

namespace GridActors.Service.Tests.Sessions;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("gravel-otter-sings-41")]
    [InlineData("correct horse battery")]
    [InlineData("今天天气真好我们去爬山吧")]
    [InlineData("x7#Kp2!vQ9")]
    public void A_password_that_isnt_easily_guessed_is_accepted_whatever_its_characters(string password) => Assert.Null(Check(password));

    [Theory]
    [InlineData("今天天气好", PasswordWeakness.TooShort)]
    [InlineData("x7#Kp2!vQ", PasswordWeakness.TooShort)]
    [InlineData("aaaaaaaaaaaaaaa", PasswordWeakness.Repetitive)]
    [InlineData("abcabcabcabc", PasswordWeakness.Repetitive)]
    [InlineData("13579-ll-w-0001", PasswordWeakness.NamesItsOwner)]
    [InlineData("secret of LLW0001", PasswordWeakness.NamesItsOwner)]
    [InlineData("我是李美怡请开门吧谢谢", PasswordWeakness.NamesItsOwner)]
    [InlineData("9876543210", PasswordWeakness.Sequence)]
    [InlineData("asdfghjkl123", PasswordWeakness.Sequence)]
    [InlineData("1q2w3e4r5t6y", PasswordWeakness.Common)]
    [InlineData("Manchester1987", PasswordWeakness.Common)]
    public void A_password_that_guessers_try_first_is_rejected(string password, PasswordWeakness weakness) =>
        Assert.Equal(weakness, Check(password));

    [Fact]
    public void A_password_of_129_characters_is_rejected() =>
        Assert.Equal(PasswordWeakness.TooLong, Check(string.Concat(Enumerable.Range(0, 129).Select(i => (char)('a' + (i * 7) % 26)))));

    static PasswordWeakness? Check(string password) => PasswordRules.Check(password, new PersonId("liling/ll-w-0001"), "李美怡");
}
