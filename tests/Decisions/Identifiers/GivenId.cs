using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace GridActors.Decisions.Tests.Identifiers;

/// <summary>Numbers of resident cards that are valid, made by another way than the product checks them.</summary>
static class GivenId
{
    public static string Of(string division, DateOnly born, int sequence)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{division}{born:yyyyMMdd}{sequence:000}");
        // ISO 7064: the weights are the powers of two, modulo 11.
        var sum = digits.Aggregate(0, (remainder, digit) => (remainder + digit - '0') * 2 % 11);
        var check = (12 - sum) % 11;
        return digits + (check == 10 ? "X" : check.ToString(CultureInfo.InvariantCulture));
    }

    public static Gen<string> Any() =>
        from division in Gen.Choose(110_000, 659_999)
        from day in Gen.Choose(0, 36_000)
        from sequence in Gen.Choose(0, 999)
        select Of(division.ToString(CultureInfo.InvariantCulture), new DateOnly(1925, 1, 1).AddDays(day), sequence);
}
