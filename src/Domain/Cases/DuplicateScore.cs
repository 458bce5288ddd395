using System.Text;
using GridActors.Contracts.Cases;

namespace GridActors.Domain.Cases;

/// <param name="InSameArea">Whether the other case is in the same area; it counts where a position is missing.</param>
public readonly record struct DuplicatePair(ICaseSummary One, Position? OneAt, ICaseSummary Other, Position? OtherAt, bool InSameArea);

/// <summary>How likely it is that two reports are of the same matter: by place, words, time and category.</summary>
public static class DuplicateScore
{
    /// <summary>From here on a case is suggested.</summary>
    public const double Least = 0.5;

    /// <summary>How far apart in time two reports of the same matter are at most.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromDays(14);

    /// <summary>How far apart they are at most, where both have a position.</summary>
    const double FarthestMetres = 500;
    const double MetresADegree = 111_195;

    /// <returns>From 0 to 1.</returns>
    public static double Of(DuplicatePair pair)
    {
        var apart = (pair.One.ReportedAt - pair.Other.ReportedAt).Duration();
        var time = Math.Max(0, 1 - apart / Window);
        var place =
            Metres(pair.OneAt, pair.OtherAt) is { } metres ? Math.Max(0, 1 - metres / FarthestMetres)
            : pair.InSameArea ? 0.6
            : 0;
        var score = 0.4 * place + 0.4 * Words(pair.One.Title, pair.Other.Title) + 0.2 * time;
        return pair.One.Category == pair.Other.Category ? score : 0.8 * score;
    }

    /// <returns>Null where one of the positions is missing.</returns>
    public static double? Metres(Position? one, Position? other)
    {
        if (one is not { } a || other is not { } b)
            return null;
        // On so short a way the earth is flat.
        var east = (a.Lon - b.Lon) * Math.Cos((a.Lat + b.Lat) / 2 * Math.PI / 180);
        return MetresADegree * Math.Sqrt(east * east + (a.Lat - b.Lat) * (a.Lat - b.Lat));
    }

    /// <summary>How many pairs of neighbouring characters two titles share, which needs no words to be found in Chinese text.</summary>
    static double Words(string one, string other)
    {
        var (a, b) = (Pairs(one), Pairs(other));
        return a.Count + b.Count == 0 ? 0 : 2.0 * a.Count(b.Contains) / (a.Count + b.Count);
    }

    static HashSet<(Rune, Rune)> Pairs(string text)
    {
        var letters = text.Normalize(NormalizationForm.FormKC).EnumerateRunes().Where(Rune.IsLetterOrDigit).Select(Rune.ToLowerInvariant);
        var pairs = new HashSet<(Rune, Rune)>();
        Rune? before = null;
        foreach (var letter in letters)
        {
            if (before is { } last)
                pairs.Add((last, letter));
            before = letter;
        }
        return pairs;
    }
}
