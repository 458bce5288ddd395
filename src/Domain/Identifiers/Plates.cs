using System.Text.RegularExpressions;

namespace GridActors.Domain.Identifiers;

/// <summary>Number plates of vehicles as GA 36 has them: seven characters, eight for new energy.</summary>
public static partial class Plates
{
    /// <returns>The plate in capitals, without spaces and dots; null for what is none.</returns>
    public static string? Normalise(string plate)
    {
        var text = Separators().Replace(NormalText.OfCode(plate), "");
        // I and O aren't used after the place's letter: who typed one meant the digit.
        if (text.Length > 2)
            text = text[..2] + text[2..].Replace('O', '0').Replace('I', '1');
        return Plate().IsMatch(text) ? text : null;
    }

    [GeneratedRegex(@"[·•.\-—]")]
    private static partial Regex Separators();

    [GeneratedRegex(
        "^("
            + "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]"
            + "([A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳领]|[A-HJ-K][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJ-K])"
            + "|使[0-9]{6}|[0-9]{6}使|WJ[\\p{L}]?[0-9]{4}[0-9A-Z]|[A-Z]{2}[0-9]{5}"
            + ")\\z"
    )]
    private static partial Regex Plate();
}
