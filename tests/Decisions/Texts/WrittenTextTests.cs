using GridActors.Domain;

namespace GridActors.Decisions.Tests.Texts;

public sealed class WrittenTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n\t　")]
    [InlineData("\u200B")]
    [InlineData("\u200D\u200C")]
    [InlineData("\u2060\uFEFF\u00AD")]
    [InlineData("\u202E \u2066\u2069")]
    [InlineData("\u3164")]
    [InlineData("\u2800\u115F\uFFA0")]
    [InlineData("\uFE0F")]
    public void Text_that_shows_nothing_is_empty(string text) => Assert.Equal("", WrittenText.Clean(text));

    [Theory]
    [InlineData("路灯\u200B不亮", "路灯不亮")]
    [InlineData("\uFEFF标题 ", "标题")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("a\u2066b\u2069", "ab")]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("👨‍👩‍👧", "👨‍👩‍👧")]
    [InlineData("❤️", "❤️")]
    [InlineData("第一行\n第二行", "第一行\n第二行")]
    [InlineData("مرحبا", "مرحبا")]
    public void Unseen_characters_are_removed_and_all_others_kept(string text, string clean) =>
        Assert.Equal(clean, WrittenText.Clean(text));

    [Theory]
    [InlineData("a\u0000")]
    [InlineData("a\u0007")]
    [InlineData("a\u0085")]
    [InlineData("a\uFFFE")]
    [InlineData("a\uFFFF")]
    [InlineData("\uFDD0")]
    public void Controls_and_noncharacters_cannot_be_shown(string text) => Assert.False(WrittenText.CanBeShown(text));

    /// <summary>Written as numbers, because an attribute can't hold half a pair.</summary>
    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    [InlineData(0xDE00, 0xD83D)]
    [InlineData(0x61, 0xD83D, 0x62)]
    public void Halves_of_surrogate_pairs_cannot_be_shown(params int[] units) =>
        Assert.False(WrittenText.CanBeShown(string.Concat(units.Select(u => (char)u))));

    [Theory]
    [InlineData("")]
    [InlineData("a\tb\r\nc")]
    [InlineData("𠮷😀")]
    [InlineData("\uE000")]
    public void Everything_else_can_be_shown(string text) => Assert.True(WrittenText.CanBeShown(text));

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("𠮷𠮷", 2)]
    [InlineData("路灯😀", 3)]
    public void Length_counts_characters_and_not_UTF_16_units(string text, int length) => Assert.Equal(length, WrittenText.Length(text));
}
