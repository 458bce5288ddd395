using GridActors.Generator;

namespace GridActors.Simulator.Households;

/// <summary>
/// Names of a family: children have their father's surname. A few are of the kinds that programs get wrong: with the middle dot of
/// minorities, with compound surnames, with characters outside the usual plane.
/// </summary>
struct FamilyNames
{
    const string Uygur = "05";

    static readonly string[] Compound = ["欧阳", "司马", "上官", "诸葛", "皇甫", "令狐"];
    static readonly string[] Rare = ["𠮷", "㑇", "䶮", "堃", "喆", "㛃", "旸"];
    static readonly string[] UygurMen = ["买买提", "吐尔逊", "艾山江", "阿卜杜热依木", "玉素甫", "库尔班"];
    static readonly string[] UygurWomen = ["阿依古丽", "古丽娜尔", "热依汗古丽", "帕提古丽", "米热古丽", "再娜普"];

    readonly string _head;
    readonly string _spouse;
    readonly bool _isUygur;
    readonly string _father;

    public FamilyNames(ref Draw draw)
    {
        _isUygur = draw.Next(1_500) == 0;
        _head = Surname(ref draw);
        _spouse = Surname(ref draw);
        _father = UygurMen[draw.Next(UygurMen.Length)];
    }

    /// <summary>The code of the ethnic group; null when the name doesn't tell it.</summary>
    public readonly string? Ethnicity => _isUygur ? Uygur : null;

    public readonly string Of(Member member, bool isHeadWoman, ref Draw draw)
    {
        if (_isUygur)
        {
            var names = member.IsWoman ? UygurWomen : UygurMen;
            return $"{names[draw.Next(names.Length)]}·{_father}";
        }
        var surname = member.Relation switch
        {
            Family.Wife or Family.Husband => _spouse,
            Family.Mother => Surname(ref draw),
            Family.Head or Family.Father or "73" or "77" => _head,
            _ => isHeadWoman ? _spouse : _head,
        };
        var given = draw.Next(600) == 0 ? Rare[draw.Next(Rare.Length)] : PersonNames.Given(ref draw, member.IsWoman);
        return surname + given;
    }

    static string Surname(ref Draw draw) => draw.Next(250) == 0 ? Compound[draw.Next(Compound.Length)] : PersonNames.Surname(ref draw);
}
