using System.Text.RegularExpressions;

namespace GridActors.Domain.Identifiers;

/// <summary>
/// Numbers of phones and resident cards that somebody wrote into a text. They can be told from everything else there, which names can't.
/// </summary>
public static partial class NumbersInText
{
    /// <summary>The text as those see it who don't work on it: on boards, in lists and in files that are taken along.</summary>
    public static string Mask(string text) => text.AsSpan().ContainsAnyInRange('0', '9') ? Numbers().Replace(text, Masked) : text;

    static string Masked(Match match) =>
        match.Length == Mobile ? Masks.Phone(match.Value)
        // One that was mistyped is masked, too; what has no date of birth in it is another number.
        : ResidentId.Check(match.Value.ToUpperInvariant()).Error is null or ValueErrors.IdentifierCheckDigit ? Masks.Identifier(match.Value)
        : match.Value;

    const int Mobile = 11;

    /// <summary>Eleven digits of a mobile phone, or the eighteen characters of a card, that aren't a part of a longer number.</summary>
    [GeneratedRegex(@"(?<![0-9])(1[3-9][0-9]{9}(?![0-9])|[0-9]{17}[0-9Xx](?![0-9]))")]
    private static partial Regex Numbers();
}
