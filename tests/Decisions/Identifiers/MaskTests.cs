using FsCheck;
using FsCheck.Fluent;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;

namespace GridActors.Decisions.Tests.Identifiers;

/// <summary>What is shown of a personal value to whoever has no reason to see it whole.</summary>
public sealed class MaskTests
{
    [Theory]
    [InlineData(FieldType.Name, "张三", "张*")]
    [InlineData(FieldType.Name, "张三丰", "张*丰")]
    [InlineData(FieldType.Name, "欧阳修", "欧阳*")]
    [InlineData(FieldType.Name, "欧阳予倩", "欧阳*倩")]
    [InlineData(FieldType.Name, "欧阳", "欧*")]
    [InlineData(FieldType.Name, "张 三", "张*")]
    [InlineData(FieldType.Name, "张", "*")]
    [InlineData(FieldType.Name, "𠮷田㑇", "𠮷*㑇")]
    [InlineData(FieldType.Name, "买买提·吐尔逊", "买**·吐**")]
    [InlineData(FieldType.Name, "买买提.吐尔逊", "买**·吐**")]
    [InlineData(FieldType.Name, "阿·马", "阿·*")]
    [InlineData(FieldType.Name, "John Smith", "J*** S****")]
    [InlineData(FieldType.Name, "J", "*")]
    [InlineData(FieldType.Name, " ", "")]
    [InlineData(FieldType.Phone, "13812345678", "138****5678")]
    [InlineData(FieldType.Phone, "073123456789-801", "073****6789")]
    [InlineData(FieldType.Phone, "23456789", "****6789")]
    [InlineData(FieldType.Phone, "+85291234567", "+852****4567")]
    [InlineData(FieldType.Phone, "110", "****")]
    [InlineData(FieldType.Identifier, "11010519491231002X", "110105********002X")]
    [InlineData(FieldType.Identifier, "110105491231002", "110105*****1002")]
    [InlineData(FieldType.Identifier, "E12345678", "E1*****78")]
    [InlineData(FieldType.Identifier, "12345", "1****")]
    [InlineData(FieldType.Identifier, "1", "*")]
    [InlineData(FieldType.Plate, "湘B12345", "湘B***45")]
    [InlineData(FieldType.Plate, "湘BD12345", "湘B****45")]
    [InlineData(FieldType.Address, "湖南省醴陵市车站路12号3栋2单元502室", "湖南省醴陵市车站路****")]
    [InlineData(FieldType.Address, "醴陵市八一路幸福小区三栋", "醴陵市八一路幸福小区****")]
    [InlineData(FieldType.Address, "五里牌村三组12号", "五里牌村****")]
    [InlineData(FieldType.Address, "Flat 3", "****")]
    [InlineData(FieldType.Address, "王家老屋", "****")]
    [InlineData(FieldType.Date, "1949-12-31", "1949-**-**")]
    [InlineData(FieldType.Text, "低保户，长期卧床", "****")]
    [InlineData(FieldType.Code, "40", "****")]
    [InlineData(FieldType.Text, "", "")]
    public void Value_is_masked_by_its_type(FieldType type, string value, string masked) => Assert.Equal(masked, Masks.Of(type, value));

    [Fact]
    public void Every_mask_hides_something_and_masking_twice_changes_nothing() =>
        Prop.ForAll(
                Gen.Elements(Enum.GetValues<FieldType>()).ToArbitrary(),
                Value().ToArbitrary(),
                (type, value) =>
                {
                    var masked = Masks.Of(type, value);
                    return Masks.Of(type, masked) == masked && (value.Trim().Length == 0 || (masked.Contains('*') && masked != value));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Address_of_seventy_characters_keeps_nothing_of_the_door()
    {
        var road = "湖南省株洲市醴陵市城坦江镇" + new string('长', 26) + "路幸福里小区";

        Assert.Equal($"{road}****", Masks.Address(road + "第十七栋甲单元四层四〇二室左手边红门靠楼梯口"));
    }

    /// <summary>Text without stars: a value that has some is masked already, or is no value.</summary>
    static Gen<string> Value() =>
        Gen.Elements("张", "三", "𠮷", "㑇", "·", " ", "a", "Z", "1", "9", "路", "村", "号", "欧", "阳", "-", "+", "（", "é")
            .ArrayOf()
            .Select(string.Concat);
}
