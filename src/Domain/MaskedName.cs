using System.Collections.Frozen;

namespace GridActors.Domain;

/// <summary>A person's name of which the surname alone is kept: 张三丰 becomes 张*. Masking a masked name changes nothing.</summary>
public static class MaskedName
{
    static readonly FrozenSet<string> CompoundSurnames = FrozenSet.Create(
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "司徒",
        "司空",
        "夏侯",
        "轩辕",
        "端木",
        "南宫",
        "独孤",
        "呼延",
        "闻人",
        "申屠",
        "澹台",
        "赫连",
        "濮阳",
        "淳于",
        "钟离"
    );

    public static string Of(string name)
    {
        var text = name.Trim();
        if (text.Length == 0)
            return "";
        var isCompound = text.Length > 2 && CompoundSurnames.Contains(text[..2]);
        return (isCompound ? text[..2] : text.EnumerateRunes().First().ToString()) + "*";
    }
}
