using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using GridActors.Domain.Identifiers;

namespace GridActors.Decisions.Tests.Identifiers;

/// <summary>Numbers of certificates are checked by the type of the certificate, and a wrong one is refused with the reason.</summary>
public sealed class IdentifierTests
{
    const string Known = "11010519491231002X";

    static DateOnly Today { get; } = new(2026, 11, 26);

    [Theory]
    [InlineData(Known, "1949-12-31", "2")]
    [InlineData("440524188001010014", "1880-01-01", "1")]
    public void Valid_id_tells_the_date_of_birth_and_the_sex(string number, string born, string sex)
    {
        var check = IdentifierRules.Check("111", number, Today);

        Assert.Equal(new(number, null, DateOnly.ParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture), sex), check);
    }

    [Theory]
    [InlineData("11010519491231002x")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    [InlineData("110105 19491231 002X")]
    [InlineData("110105\u00A019491231\u3000002X ")]
    [InlineData("11O1O51949123100" + "2X")]
    [InlineData("11010519491231002×")]
    [InlineData("\u200B11010519491231002X\uFEFF")]
    public void Id_that_is_typed_in_another_way_is_the_same(string typed) =>
        Assert.Equal((Known, null), (IdentifierRules.Check("111", typed).Canonical, IdentifierRules.Check("111", typed).Error));

    [Theory]
    [InlineData("110105194912310021", ValueErrors.IdentifierCheckDigit)]
    [InlineData("1101051949123100", ValueErrors.IdentifierLength)]
    [InlineData("", ValueErrors.IdentifierLength)]
    [InlineData("11010519490231002X", ValueErrors.IdentifierBirthDate)]
    [InlineData("110105490231002", ValueErrors.IdentifierBirthDate)]
    [InlineData("1101051949123A002X", ValueErrors.IdentifierCharacters)]
    [InlineData("110105********002X", ValueErrors.Masked)]
    [InlineData("4.30281E+17", ValueErrors.NumberLost)]
    [InlineData("110105194912310000", ValueErrors.NumberLost)]
    public void Wrong_id_is_refused_with_the_reason(string number, string error) =>
        Assert.Equal(error, IdentifierRules.Check("111", number, Today).Error);

    [Fact]
    public void Id_of_somebody_born_tomorrow_is_refused()
    {
        var number = GivenId.Of("430281", Today.AddDays(1), 123);

        Assert.Equal(ValueErrors.IdentifierBirthDate, IdentifierRules.Check("111", number, Today).Error);
        Assert.Null(IdentifierRules.Check("111", number, Today.AddDays(1)).Error);
    }

    [Fact]
    public void Old_id_is_accepted_with_its_date_of_birth_and_found_by_the_new_number()
    {
        var check = IdentifierRules.Check("111", "110105491231002", Today);

        Assert.Equal(new("110105491231002", null, new(1949, 12, 31), "2"), check);
        Assert.Equal(Known, IdentifierRules.ForSearch("110105491231002"));
        Assert.Equal(Known, IdentifierRules.ForSearch(" 11010519491231002x"));
    }

    /// <summary>The check character finds every single digit that is typed wrong, and every pair that is swapped.</summary>
    [Fact]
    public void Every_wrong_digit_and_every_swapped_pair_of_an_id_is_refused() =>
        Prop.ForAll(
                GivenId.Any().ToArbitrary(),
                Gen.Choose(0, 16).ToArbitrary(),
                Gen.Choose(1, 9).ToArbitrary(),
                (number, at, by) =>
                {
                    var digit = (char)('0' + (number[at] - '0' + by) % 10);
                    var wrong = $"{number[..at]}{digit}{number[(at + 1)..]}";
                    var swapped = at == 16 ? wrong : $"{number[..at]}{number[at + 1]}{number[at]}{number[(at + 2)..]}";
                    return IdentifierRules.Check("111", number).Error is null
                        && IdentifierRules.Check("111", wrong).Error is not null
                        && (swapped == number || IdentifierRules.Check("111", swapped).Error is not null);
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("414", "E12345678")]
    [InlineData("414", "g1234 5678")]
    [InlineData("511", "12345678")]
    [InlineData("513", "C12345678")]
    [InlineData("516", "H1234567800")]
    [InlineData("554", "USA310058110101")]
    [InlineData("114", "军字第1234567号")]
    [InlineData("990", "无证-17")]
    public void Unusual_number_of_a_type_that_nothing_checks_is_accepted(string type, string number) =>
        Assert.Null(IdentifierRules.Check(type, number).Error);

    [Theory]
    [InlineData("414", "", ValueErrors.IdentifierCharacters)]
    [InlineData("414", "---", ValueErrors.IdentifierCharacters)]
    [InlineData("414", "E1*****78", ValueErrors.Masked)]
    [InlineData("516", "1.23457E+11", ValueErrors.NumberLost)]
    [InlineData("516", "810000199408230022", ValueErrors.IdentifierCheckDigit)]
    public void Number_that_can_be_none_is_refused_for_every_type(string type, string number, string error) =>
        Assert.Equal(error, IdentifierRules.Check(type, number).Error);

    [Fact]
    public void Residence_permit_of_Hong_Kong_is_checked_like_an_id()
    {
        var check = IdentifierRules.Check("516", "810000199408230021", Today);

        Assert.Equal((null, new DateOnly(1994, 8, 23)), (check.Error, check.BirthDate));
    }

    [Theory]
    [InlineData("91350100M000100Y43", null)]
    [InlineData("9144030071526726XG", null)]
    [InlineData("9135O1OOM000100y43", null)]
    [InlineData("91350100M000100Y44", ValueErrors.IdentifierCheckDigit)]
    [InlineData("91350100M000100Y4", ValueErrors.IdentifierLength)]
    [InlineData("91350100M000100村43", ValueErrors.IdentifierCharacters)]
    public void Credit_code_is_checked_by_its_last_character(string code, string? error) => Assert.Equal(error, Uscc.Check(code).Error);

    [Theory]
    [InlineData("13812345678", "13812345678")]
    [InlineData("138 1234 5678", "13812345678")]
    [InlineData("138-1234-5678", "13812345678")]
    [InlineData("+86 138-1234-5678", "13812345678")]
    [InlineData("008613812345678", "13812345678")]
    [InlineData("8613812345678", "13812345678")]
    [InlineData("013812345678", "13812345678")]
    [InlineData("１３８１２３４５６７８", "13812345678")]
    [InlineData("0731-23456789", "073123456789")]
    [InlineData("(0731)2345678", "07312345678")]
    [InlineData("010-62345678转801", "01062345678-801")]
    [InlineData("0731-23456789-801", "073123456789-801")]
    [InlineData("+86 731 23456789", "073123456789")]
    [InlineData("23456789", "23456789")]
    [InlineData("400-812-3456", "4008123456")]
    [InlineData("+852 9123 4567", "+85291234567")]
    [InlineData("0018005551234", "+18005551234")]
    [InlineData("12345", null)]
    [InlineData("1381234567", null)]
    [InlineData("138123456789", null)]
    [InlineData("138****5678", null)]
    [InlineData("无", null)]
    [InlineData("1.38123E+10", null)]
    [InlineData("", null)]
    public void Phone_is_read_however_it_is_typed(string typed, string? phone) => Assert.Equal(phone, Phones.Normalise(typed));

    [Theory]
    [InlineData("13812345678、13912345678", true)]
    [InlineData("13812345678/0731-23456789", true)]
    [InlineData("138 1234 5678", false)]
    [InlineData("13812345678", false)]
    public void Two_numbers_in_one_field_are_noticed(string typed, bool several) => Assert.Equal(several, Phones.AreSeveral(typed));

    [Theory]
    [InlineData("湘B12345", "湘B12345")]
    [InlineData("湘b·12 345", "湘B12345")]
    [InlineData("湘BD12345", "湘BD12345")]
    [InlineData("湘B12345D", "湘B12345D")]
    [InlineData("湘BO234I", "湘B02341")]
    [InlineData("粤Z1234港", "粤Z1234港")]
    [InlineData("使123456", "使123456")]
    [InlineData("湘B1234", null)]
    [InlineData("B12345", null)]
    [InlineData("湘B123456789", null)]
    public void Plate_is_read_however_it_is_typed(string typed, string? plate) => Assert.Equal(plate, Plates.Normalise(typed));

    [Theory]
    [InlineData("2026-1-5")]
    [InlineData("2026/01/05")]
    [InlineData("2026年1月5日")]
    [InlineData("20260105")]
    [InlineData("2026.1.5")]
    [InlineData("46027")]
    [InlineData("２０２６．１．５")]
    [InlineData("2026-01-05 00:00:00")]
    [InlineData(" 2026 年 1 月 5 日 ")]
    public void Date_is_read_in_every_shape(string text) => Assert.Equal(new DateOnly(2026, 1, 5), Domain.WrittenDate.Read(text));

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("5/1/2026")]
    [InlineData("2026-13-01")]
    [InlineData("1949年")]
    [InlineData("60")]
    [InlineData("不详")]
    public void Date_that_is_none_is_refused(string text) => Assert.Null(Domain.WrittenDate.Read(text));

    [Fact]
    public void Every_error_has_a_text_in_both_languages() =>
        Assert.All(
            typeof(ValueErrors).GetFields().Select(f => (string)f.GetValue(null)!),
            code => Assert.NotEqual(ValueErrors.Text(code, true), ValueErrors.Text(code, false))
        );
}
