using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GridActors.Storage.Vault;

namespace GridActors.Decisions.Tests.Vault;

public sealed class SearchTokensTests
{
    readonly SearchTokens _tokens = new(new byte[32]);

    [Fact]
    public void Exact_tokens_are_of_their_kind_and_their_pack()
    {
        var others = new SearchTokens([1, .. new byte[31]]);
        var token = _tokens.Exact(TokenKind.Phone, "13800135678");

        Assert.Equal(16, token.Length);
        Assert.Equal(token, _tokens.Exact(TokenKind.Phone, "13800135678"));
        Assert.NotEqual(token, _tokens.Exact(TokenKind.Phone, "13800135679"));
        Assert.NotEqual(token, _tokens.Exact(TokenKind.Identifier, "13800135678"));
        Assert.NotEqual(token, others.Exact(TokenKind.Phone, "13800135678"));
        Assert.Empty(_tokens.OfName("张三丰").Intersect(others.OfName("张三丰")));
    }

    [Theory]
    [InlineData("张三丰", "张")]
    [InlineData("张三丰", "三丰")]
    [InlineData("张三丰", "张三丰")]
    [InlineData("张三丰", "zsf")]
    [InlineData("张三丰", "ZS")]
    [InlineData("张三丰", "张sf")]
    [InlineData("张三丰", "张s")]
    [InlineData("张三丰", "ｚｓ")]
    [InlineData("张", "张")]
    [InlineData("张", "z")]
    [InlineData("单雄信", "sxx")]
    [InlineData("单雄信", "dxx")]
    [InlineData("仇和", "qh")]
    [InlineData("欧阳娜娜", "oynn")]
    [InlineData("买买提·阿卜杜拉", "买买提阿卜杜拉")]
    [InlineData("买买提·阿卜杜拉", "买买提•阿卜")]
    [InlineData("买买提·阿卜杜拉", "mmt")]
    [InlineData("买买提·阿卜杜拉", "abdl")]
    [InlineData("买买提·阿卜杜拉·热合曼", "mmtabdlrhm")]
    [InlineData("𠮷野明", "𠮷")]
    [InlineData("𠮷野明", "𠮷野")]
    [InlineData("𠮷野明", "jym")]
    [InlineData("㑇强", "㑇")]
    [InlineData("㑇强", "zq")]
    [InlineData("王Ａ", "王a")]
    [InlineData("王a", "wa")]
    [InlineData("John Smith", "smith")]
    [InlineData("John Smith", "johnsmith")]
    [InlineData("JOHN SMITH", "jo")]
    [InlineData("王 强", "王强")]
    [InlineData("王\u3000强", "wq")]
    [InlineData("李\uFA11", "李\uFA11")]
    [InlineData("王𪜀强", "wq")]
    public void A_name_is_found_by_what_somebody_types_of_it(string name, string typed)
    {
        Assert.True(NameText.Matches(name, typed));
        Assert.NotEmpty(_tokens.OfNameQuery(typed));
        Assert.Subset(_tokens.OfName(name).ToHashSet(), _tokens.OfNameQuery(typed).ToHashSet());
    }

    [Theory]
    [InlineData("张三丰", "张丰")]
    [InlineData("张三丰", "sf")]
    [InlineData("张三丰", "zsfx")]
    [InlineData("张三丰", "李sf")]
    [InlineData("张三丰", "")]
    [InlineData("张三丰", " · ")]
    [InlineData("", "张")]
    public void What_is_not_in_a_name_does_not_match(string name, string typed) => Assert.False(NameText.Matches(name, typed));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("··")]
    public void Nothing_has_no_tokens(string text)
    {
        Assert.Empty(_tokens.OfName(text));
        Assert.Empty(_tokens.OfNameQuery(text));
    }

    [Fact]
    public void Half_of_a_character_is_nothing()
    {
        Assert.Empty(_tokens.OfName("张\udc00"));
        Assert.Empty(_tokens.OfNameQuery("\ud842"));
        Assert.False(NameText.Matches("𠮷", "\ud842"));
    }

    [Fact]
    public void Tokens_of_names_have_24_bits()
    {
        Assert.All(_tokens.OfName("买买提·阿卜杜拉"), t => Assert.InRange(t, 0, 0xFFFFFF));
        Assert.Equal(_tokens.OfName("王王王").Distinct(), _tokens.OfName("王王王"));
    }

    [Fact]
    public void A_name_whose_characters_have_many_readings_has_few_tokens() =>
        Assert.InRange(_tokens.OfName(string.Concat(Enumerable.Repeat("堨", 70))).Length, 1, 2 + 3 * 32);

    /// <summary>Whatever matches must have the tokens of the query, or it wouldn't be found.</summary>
    [Fact]
    public void Every_name_that_matches_has_the_tokens_of_what_was_typed()
    {
        var rune = Gen.Elements("张王单解仇重娜三丰𠮷㑇𪜀·· abzAé0Ｂ".EnumerateRunes().Select(r => r.ToString()));
        var typed = Gen.Elements("张王单解仇重娜三丰𠮷㑇𪜀·zwdsxjcqnfabé0".EnumerateRunes().Select(r => r.ToString()));
        var pairs = from name in rune.ListOf() from query in typed.ListOf() select (Name: string.Concat(name), Typed: string.Concat(query));
        Prop.ForAll(
                pairs.Resize(6).ToArbitrary(),
                p =>
                    !NameText.Matches(p.Name, p.Typed)
                    || NameText.Of(p.Typed).Runes.Count == 1 && NameText.Of(p.Typed).IsLetters
                    || _tokens.OfNameQuery(p.Typed).ToHashSet().IsSubsetOf(_tokens.OfName(p.Name))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Theory]
    [InlineData("张", "z")]
    [InlineData("重", "cz")]
    [InlineData("朴", "p")]
    [InlineData("查", "cz")]
    [InlineData("𬴊", "l")]
    [InlineData("〇", "l")]
    [InlineData("b", "b")]
    [InlineData("é", "")]
    public void The_initials_of_a_character_are_those_of_all_its_readings(string character, string initials) =>
        Assert.Equal(initials, Pinyin.InitialsOf(Rune.GetRuneAt(character, 0)));
}
