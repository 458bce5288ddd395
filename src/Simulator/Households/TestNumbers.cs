using System.Globalization;
using GridActors.Generator;

namespace GridActors.Simulator.Households;

/// <summary>
/// Numbers that look valid and belong to nobody. Identity cards have the division 00 of a province (430001 to 430099), which is the
/// province itself and is never given to a county; their check character is right. Phones begin with 154, which no operator has. Plates
/// have the letter I after the province, which no place has.
/// </summary>
/// <param name="population">No two areas of a pack have the same numbers.</param>
sealed class TestNumbers(string province, AreaPopulation population)
{
    const int Counties = 99;
    const int Sequences = 1000;
    static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    readonly HashSet<(DateOnly, int)> _given = [];
    readonly int _county = 1 + population.Number % Counties;
    readonly int _slot = population.Number / Counties;

    /// <summary>How many sequence numbers of a day each area with the same county has: an even number, half of it for each sex.</summary>
    readonly int _width = Sequences / (1 + (population.Areas - 1) / Counties) & ~1;

    public string IdentityCard(DateOnly born, bool isWoman, ref Draw draw)
    {
        while (true)
        {
            // Odd numbers are men's.
            var sequence = _slot * _width + 2 * draw.Next(_width / 2) + (isWoman ? 0 : 1);
            if (_given.Add((born, sequence)))
                return WithCheck(string.Create(CultureInfo.InvariantCulture, $"{province}00{_county:00}{born:yyyyMMdd}{sequence:000}"));
        }
    }

    public static string Phone(ref Draw draw) =>
        string.Create(CultureInfo.InvariantCulture, $"154{draw.Next(10_000):0000}{draw.Next(10_000):0000}");

    public static string Plate(string provinceLetter, ref Draw draw) =>
        string.Create(CultureInfo.InvariantCulture, $"{provinceLetter}I{draw.Next(100_000):00000}");

    static string WithCheck(string number)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
            sum += (number[i] - '0') * Weights[i];
        return number + "10X98765432"[sum % 11];
    }
}
