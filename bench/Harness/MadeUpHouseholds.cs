using System.Globalization;

namespace GridActors.Harness;

/// <summary>
/// Made-up households, each the same for its number, spread over the grids of a county; one grid has as many as a full one.
/// </summary>
sealed class MadeUpHouseholds(County county, int count, int gridSize)
{
    const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘";
    const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国志玉兰红梅春生文武海燕雪松德福";

    readonly int _every = Math.Max(1, count / gridSize);

    public Leaf LeafOf(int i) => i % _every == 0 ? county.Leaves[0] : county.Leaves[1 + (int)(i * 7919L % (county.Leaves.Count - 1))];

    /// <summary>Registers some of them through the API, each as the worker of its grid.</summary>
    public Task Register(MeasuredService service, Range some, CancellationToken cancellationToken) =>
        Parallel.ForAsync(
            some.Start.GetOffset(count),
            some.End.GetOffset(count),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken },
            async (i, ct) =>
            {
                var token = await service.Api.Token(LeafOf(i).Reporter, service.Password, ct);
                var key = string.Create(CultureInfo.InvariantCulture, $"household-{i}");
                var (status, _) = await service.Api.Send(
                    service.Api.Request("POST", "/api/households", token, key, Household(i)),
                    _ => true,
                    ct
                );
                if (status != 201)
                    throw new BenchException($"A household was answered {status}.");
            }
        );

    public string Household(int i)
    {
        var fields = $$"""{"address":"阳三石街道花园路{{i % 400 + 1}}号{{i % 60 + 1}}栋{{i % 33 + 101}}","door":"{{Door(i)}}"}""";
        var residents = string.Join(',', Enumerable.Range(0, 4).Select(r => Resident(i, r)));
        return $$"""{"area":"{{LeafOf(i).Area}}","fields":{{fields}},"residents":[{{residents}}]}""";
    }

    /// <summary>What is searched for, by what it is: of the household with a number, its head's.</summary>
    public static IEnumerable<(string Name, Func<int, string> Text)> Searches() =>
        [
            ("name", i => Name(i, 0)),
            ("part of a name", i => Name(i, 0)[..2]),
            ("number", i => Number(i, 0)),
            ("phone", i => Phone(i, 0)),
            ("phone tail", i => Phone(i, 0)[^4..]),
        ];

    static string Resident(int i, int r)
    {
        var (name, number, phone) = (Name(i, r), Number(i, r), Phone(i, r));
        var fields = $$"""{"name":"{{name}}","idType":"111","idNumber":"{{number}}","phone":"{{phone}}"}""";
        return $$"""{"kind":"registered","relation":"{{(r == 0 ? "02" : "20")}}","fields":{{fields}}}""";
    }

    static string Name(int i, int r)
    {
        var n = (uint)(i * 4 + r) * 2654435761u;
        return $"{Surnames[(int)(n % Surnames.Length)]}{Given[(int)(n / 37 % Given.Length)]}{Given[(int)(n / 1511 % Given.Length)]}";
    }

    static string Door(int i) => string.Create(CultureInfo.InvariantCulture, $"{i % 33 + 1}-{i % 2904 + 101}");

    static string Phone(int i, int r) => string.Create(CultureInfo.InvariantCulture, $"1{3_000_000_000 + (i * 4L + r) * 6 + 1:D10}");

    /// <summary>A valid number (GB 11643-1999) of a division that isn't given out.</summary>
    static string Number(int i, int r)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var n = i * 4 + r;
        var born = new DateOnly(1940, 1, 1).AddDays(n / 999 % 25_000).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var digits = $"990001{born}{n % 999:D3}";
        return digits + "10X98765432"[digits.Select((d, at) => (d - '0') * weights[at]).Sum() % 11];
    }
}
