using System.Collections.Immutable;
using System.Globalization;

namespace GridActors.Sealing;

/// <param name="Fields">What is known of the household or the resident, by the ids of the fields.</param>
sealed record Subject(Guid Id, ImmutableSortedDictionary<string, string> Fields);

/// <summary>A household with its residents, the first of whom is the head.</summary>
sealed record Household(Subject Self, IReadOnlyList<Subject> Residents)
{
    const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘";
    const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志玉兰红梅春生文武海燕雪松德福";

    public IEnumerable<Subject> All => [Self, .. Residents];

    /// <summary>Made-up households, with between two and five residents each, as many as a grid has.</summary>
    public static IReadOnlyList<Household> Make(int count, Random random)
    {
        return [.. Enumerable.Range(0, count).Select(_ => One())];

        Household One()
        {
            var door = Number(1, 33) + "-" + Number(101, 2904);
            var self = New(
                ("address", $"北城街道花园路{Number(1, 400)}号锦绣家园{Number(1, 60)}栋{Number(1, 4)}单元{door}"),
                ("door", door),
                ("phone", $"138{Number(10000000, 99999999)}")
            );
            return new(self, [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => Resident())]);
        }

        Subject Resident() =>
            New(
                ("birthDate", $"19{Number(40, 99)}-0{Number(1, 9)}-1{Number(0, 9)}"),
                ("education", Number(10, 90)),
                ("employer", $"湖南省某某县第{Number(1, 90)}建筑工程有限公司"),
                ("ethnicity", "01"),
                ("idNumber", $"430281{Number(19400101, 20201231)}{Number(100, 999)}X"),
                ("idType", "111"),
                ("name", Pick(Surnames) + Pick(Given) + (random.Next(4) > 0 ? Pick(Given) : "")),
                ("phone", $"139{Number(10000000, 99999999)}"),
                ("registeredAddress", $"湖南省株洲市醴陵市某某镇某某村第{Number(1, 40)}组{Number(1, 300)}号"),
                ("sex", Number(1, 3))
            );

        Subject New(params (string Id, string Value)[] fields) =>
            new(Guid.NewGuid(), fields.ToImmutableSortedDictionary(f => f.Id, f => f.Value));

        string Number(int from, int to) => random.Next(from, to).ToString(CultureInfo.InvariantCulture);

        string Pick(string characters) => characters[random.Next(characters.Length)].ToString();
    }
}
