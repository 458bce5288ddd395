using System.Collections.Frozen;
using GridActors.Domain.Identifiers;

namespace GridActors.Domain.Households.Import;

/// <summary>Why a row of a sheet isn't taken, beside what <see cref="ValueErrors"/> says of a value.</summary>
public static class ImportErrors
{
    public const string Formula = "formula";
    public const string UnknownArea = "unknown-area";
    public const string NoArea = "no-area";
    public const string SeveralAreas = "several-areas";
    public const string UnknownGroup = "unknown-group";
    public const string TwiceInFile = "twice-in-file";
    public const string NoHead = "no-head";
    public const string TwoHeads = "two-heads";
    public const string TooManyResidents = "too-many-residents";
    public const string HouseholdWrong = "household-wrong";
    public const string OtherName = "other-name";
    public const string OtherNumber = "other-number";
    public const string MaybeSame = "maybe-same";
    public const string InOtherHousehold = "in-other-household";
    public const string OtherHousehold = "other-household";
    public const string OtherHead = "other-head";
    public const string ChangedMeanwhile = "changed-meanwhile";

    static readonly FrozenDictionary<string, (string Chinese, string English)> Texts = new Dictionary<string, (string, string)>
    {
        [Formula] = (
            "是公式，导入时不计算；请复制后“选择性粘贴—数值”",
            "is a formula, which isn't computed; copy it and paste it as a value"
        ),
        [UnknownArea] = ("不是所选区域内的网格，请填编码或名称", "is no area within the chosen one; enter its code or its name"),
        [NoArea] = ("没有写明所属网格", "doesn't say in which area it is"),
        [SeveralAreas] = ("有多个同名的网格，请填编码", "is the name of several areas; enter the code"),
        [UnknownGroup] = ("不是本地的重点人群类别", "is no special group of this place"),
        [TwiceInFile] = ("同一证件号码在文件中出现两次", "has the same document number as another line"),
        [NoHead] = ("这一户没有户主，请在“与户主关系”中写明", "belongs to a household without a head; say who is the head"),
        [TwoHeads] = ("这一户有两个户主", "would be the second head of the household"),
        [TooManyResidents] = (
            "这一户的人数过多，请核对户号",
            "belongs to a household with too many residents; check the household's number"
        ),
        [HouseholdWrong] = ("同一户的其他行有误，改正后一并导入", "waits for another line of its household to be corrected"),
        [OtherName] = ("证件号码已登记，但姓名不同", "has a document number that is registered with another name"),
        [OtherNumber] = (
            "同一户已有姓名、出生日期相同而证件号码不同的人",
            "has the name and date of birth of a resident with another document number"
        ),
        [MaybeSame] = (
            "本区域已有姓名、出生日期相同的人，请补证件号码",
            "has the name and date of birth of another resident; enter the document number"
        ),
        [InOtherHousehold] = ("此人已登记在另一户，请在该户办理迁移", "is registered in another household; move them there"),
        [OtherHousehold] = ("户号已用于另一户，请核对", "has the number of another household; check it"),
        [OtherHead] = ("与登记的户主不同，请先变更户主", "names another head than is registered; change the head first"),
        [ChangedMeanwhile] = (
            "预检之后此户已被修改，请重新导入",
            "belongs to a household that was changed after the dry run; import it again"
        ),
    }.ToFrozenDictionary();

    /// <summary>Codes for which somebody must look, because the person or household may be one that is registered.</summary>
    static readonly FrozenSet<string> Doubts =
    [
        OtherName,
        OtherNumber,
        MaybeSame,
        InOtherHousehold,
        OtherHousehold,
        OtherHead,
        ChangedMeanwhile,
    ];

    public static IEnumerable<string> Codes => Texts.Keys;

    public static bool IsDoubt(string code) => Doubts.Contains(code);

    /// <summary>The whole sentence, for a list or the column of reasons.</summary>
    public static string Sentence(RowError error, bool english)
    {
        var text = Texts.TryGetValue(error.Code, out var own)
            ? (english ? own.English : own.Chinese)
            : ValueErrors.Text(error.Code, english);
        var about =
            error.Column.Length == 0 ? (english ? "The line " : "")
            : english ? $"{error.Column} "
            : $"{error.Column}：";
        var other =
            error.Other is not { } line ? ""
            : english ? $" (line {line})"
            : $"（第 {line} 行）";
        return $"{about}{text}{other}{(english ? "." : "。")}";
    }
}
