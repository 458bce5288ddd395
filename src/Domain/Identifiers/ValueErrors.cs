using System.Collections.Frozen;

namespace GridActors.Domain.Identifiers;

/// <summary>Why a value of a field is refused: a code, and a sentence that says what to do.</summary>
public static class ValueErrors
{
    public const string Required = "required";
    public const string TooLong = "too-long";
    public const string CannotBeShown = "cannot-be-shown";
    public const string Masked = "masked";
    public const string NumberLost = "number-lost";
    public const string IdentifierLength = "identifier-length";
    public const string IdentifierCharacters = "identifier-characters";
    public const string IdentifierBirthDate = "identifier-birth-date";
    public const string IdentifierCheckDigit = "identifier-check-digit";
    public const string BirthDateDiffers = "birth-date-differs";
    public const string SexDiffers = "sex-differs";
    public const string NotAPhone = "not-a-phone";
    public const string SeveralPhones = "several-phones";
    public const string NotAPlate = "not-a-plate";
    public const string NotADate = "not-a-date";
    public const string DateInFuture = "date-in-future";
    public const string NotANumber = "not-a-number";
    public const string NotYesOrNo = "not-yes-or-no";
    public const string UnknownCode = "unknown-code";

    static readonly FrozenDictionary<string, (string Chinese, string English)> Texts = new Dictionary<string, (string, string)>
    {
        [Required] = ("必填", "is needed"),
        [TooLong] = ("文字太长，请缩短", "is too long; shorten it"),
        [CannotBeShown] = ("含有无法显示的字符，请重新输入", "has characters that can't be shown; type it again"),
        [Masked] = ("是隐去部分字符的内容，请填写完整内容", "has masked characters; enter it in full"),
        [NumberLost] = (
            "被表格软件当作数字，末几位已丢失；请将该列设为“文本”格式后重新输入号码",
            "was turned into a number by the spreadsheet program, and its last digits are lost; "
                + "set the column's format to text and enter the number again"
        ),
        [IdentifierLength] = ("位数不对，请核对证件", "has the wrong length; check the certificate"),
        [IdentifierCharacters] = ("含有不应出现的字符，请核对证件", "has characters that don't belong there; check the certificate"),
        [IdentifierBirthDate] = ("其中的出生日期不存在，请核对证件", "has a date of birth that doesn't exist; check the certificate"),
        [IdentifierCheckDigit] = (
            "校验位不符，有一位写错，请核对证件",
            "has a wrong character: its check digit doesn't match; check the certificate"
        ),
        [BirthDateDiffers] = ("与证件号码中的出生日期不一致", "differs from the date of birth in the certificate's number"),
        [SexDiffers] = ("与证件号码中的性别不一致", "differs from the sex in the certificate's number"),
        [NotAPhone] = ("不是电话号码；座机请加区号", "is no phone number; give a landline its area code"),
        [SeveralPhones] = ("有多个号码，请只填一个", "has several numbers; enter one"),
        [NotAPlate] = ("不是车牌号码", "is no number plate"),
        [NotADate] = ("不是日期，请写成 2026-01-05", "is no date; write it as 2026-01-05"),
        [DateInFuture] = ("晚于今天", "is after today"),
        [NotANumber] = ("应为数字", "must be a number"),
        [NotYesOrNo] = ("应填“是”或“否”", "must be yes or no"),
        [UnknownCode] = ("不在代码表中，请从列表中选择", "isn't in the list of codes; take one from the list"),
    }.ToFrozenDictionary();

    public static IEnumerable<string> Codes => Texts.Keys;

    /// <summary>What follows the column's name in a sentence.</summary>
    public static string Text(string code, bool english) => english ? Texts[code].English : Texts[code].Chinese;
}
