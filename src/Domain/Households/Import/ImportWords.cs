using GridActors.Contracts.Households;

namespace GridActors.Domain.Households.Import;

/// <summary>What sheets write for the ways in which somebody belongs to a household.</summary>
public static class ImportWords
{
    /// <summary>The first two words of each are those that the service writes, in Chinese and in English.</summary>
    static readonly (ResidentKind Kind, string[] Words)[] Kinds =
    [
        (ResidentKind.Registered, ["户籍", "registered", "户籍人口", "户籍居民", "常住", "常住人口", "本地", "本地户籍", "人户一致"]),
        (ResidentKind.Migrant, ["流动", "migrant", "流动人口", "流入", "流入人口", "外来", "外来人口", "租住", "租客", "寄住"]),
        (ResidentKind.Absent, ["外出", "absent", "外出人口", "流出", "流出人口", "外出务工", "人在外地", "空挂"]),
    ];

    public static ResidentKind? Kind(string word)
    {
        foreach (var (kind, words) in Kinds)
            if (words.Contains(word, StringComparer.OrdinalIgnoreCase))
                return kind;
        return null;
    }

    public static string Of(ResidentKind kind, bool english) => Array.Find(Kinds, k => k.Kind == kind).Words[english ? 1 : 0];
}
