using GridActors.Generator;

namespace GridActors.Simulator.Households;

/// <param name="Relation">To the head, a code of GB/T 4761.</param>
readonly record struct Member(string Relation, bool IsWoman, int Age);

/// <summary>Who lives together, from the size of the household: elders alone, couples, families with children and grandparents.</summary>
static class Family
{
    public const string Head = "02";
    public const string Husband = "11";
    public const string Wife = "12";
    public const string Father = "51";
    public const string Mother = "52";

    public const int MaxSize = 8;
    public const int Elder = 65;
    public const int Adult = 18;
    const int Oldest = 98;

    /// <summary>Of a hundred households, how many have one person, two, and so on.</summary>
    static readonly int[] Shares = [16, 20, 23, 20, 12, 6, 2, 1];

    /// <summary>The sizes of an area's households, which come to its number of people.</summary>
    public static int[] Sizes(int households, int people, ref Draw draw)
    {
        var sizes = new int[households];
        for (var i = 0; i < households; i++)
            sizes[i] = Size(ref draw);
        for (var sum = sizes.Sum(); sum != people; )
        {
            var i = draw.Next(households);
            var step = sum < people ? 1 : -1;
            if (sizes[i] + step is < 1 or > MaxSize)
                continue;
            sizes[i] += step;
            sum += step;
        }
        return sizes;
    }

    /// <summary>The head first.</summary>
    public static List<Member> Of(int size, ref Draw draw)
    {
        var roll = draw.Next(100);
        return size switch
        {
            1 => [new(Head, draw.Next(2) == 0, roll < 42 ? Elder + draw.Next(28) : 22 + draw.Next(43))],
            2 when roll < 45 => Couple(60 + draw.Next(26), ref draw),
            2 when roll < 80 => Couple(24 + draw.Next(35), ref draw),
            2 => ParentAndChild(ref draw),
            3 when roll < 12 => GrandparentsAndChild(ref draw),
            _ => Generations(size, roll, ref draw),
        };
    }

    static int Size(ref Draw draw)
    {
        var roll = draw.Next(100);
        for (var size = 1; ; roll -= Shares[size++ - 1])
            if (roll < Shares[size - 1])
                return size;
    }

    static List<Member> Couple(int age, ref Draw draw)
    {
        var isWoman = draw.Next(5) == 0;
        return [new(Head, isWoman, age), new(isWoman ? Husband : Wife, !isWoman, Math.Max(22, age - 3 + draw.Next(6)))];
    }

    static List<Member> ParentAndChild(ref Draw draw)
    {
        var members = new List<Member> { new(Head, draw.Next(3) > 0, 30 + draw.Next(40)) };
        AddChildren(members, 1, ref draw);
        return members;
    }

    static List<Member> GrandparentsAndChild(ref Draw draw)
    {
        var members = Couple(56 + draw.Next(18), ref draw);
        var isGirl = draw.Next(2) == 0;
        members.Add(new(isGirl ? "42" : "41", isGirl, 3 + draw.Next(12)));
        return members;
    }

    /// <summary>A couple with children, with parents of the head, or with both.</summary>
    static List<Member> Generations(int size, int roll, ref Draw draw)
    {
        var members = Couple(27 + draw.Next(28), ref draw);
        var (children, parents) = size switch
        {
            3 => roll < 82 ? (1, 0) : (0, 1),
            4 => roll < 55 ? (2, 0) : (1, 1),
            5 => roll < 60 ? (2, 1) : (1, 2),
            6 => (2, 2),
            _ => (3, 2),
        };
        AddChildren(members, children, ref draw);
        AddParents(members, parents, ref draw);
        if (size == MaxSize)
            members.Add(draw.Next(2) == 0 ? new("73", false, members[0].Age - 4) : new("77", true, members[0].Age - 4));
        return members;
    }

    static void AddChildren(List<Member> members, int count, ref Draw draw)
    {
        // Two years at least lie between two children.
        var age = Math.Max(2 * (count - 1), members[0].Age - 23 - draw.Next(9));
        var (sons, daughters) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var isGirl = draw.Next(2) == 0;
            var relation =
                count == 1
                    ? isGirl
                        ? "31"
                        : "21"
                    : isGirl
                        ? $"3{2 + daughters++}"
                        : $"2{2 + sons++}";
            members.Add(new(relation, isGirl, age));
            age -= 2 + draw.Next(Math.Clamp(age - 2 * (count - 1 - i) + 1, 1, 4));
        }
    }

    static void AddParents(List<Member> members, int count, ref Draw draw)
    {
        var age = Math.Min(Oldest, members[0].Age + 23 + draw.Next(10));
        // Who is alone is more often the mother.
        var isFatherGone = count == 1 && draw.Next(3) > 0;
        if (count > 0 && !isFatherGone)
            members.Add(new(Father, false, age));
        if (count > 1 || isFatherGone)
            members.Add(new(Mother, true, Math.Max(members[0].Age + 18, age - draw.Next(5))));
    }
}
