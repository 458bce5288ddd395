using System.Globalization;

namespace GridActors.Generator;

static class Numbers
{
    const string Digits = "零一二三四五六七八九";

    /// <summary>1 → 一, 12 → 十二, 20 → 二十: the Chinese numbers up to 99, for doors and grids.</summary>
    public static string Chinese(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 99);
        var tens = number / 10;
        var ones = number % 10;
        var head = tens switch
        {
            0 => "",
            1 => "十",
            _ => $"{Digits[tens]}十",
        };
        return ones == 0 ? head : $"{head}{Digits[ones]}";
    }

    public static string Padded(int number, int width) => number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    /// <summary>Divides <paramref name="total"/> into shares that differ by at most one and are spread evenly.</summary>
    public static int[] Share(int total, int parts)
    {
        var shares = new int[parts];
        for (var i = 0; i < parts; i++)
            shares[i] = (int)((long)total * (i + 1) / parts - (long)total * i / parts);
        return shares;
    }
}
