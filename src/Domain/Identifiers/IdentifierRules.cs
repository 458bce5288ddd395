using System.Text.RegularExpressions;

namespace GridActors.Domain.Identifiers;

/// <summary>What a certificate's number was found to be.</summary>
/// <param name="Canonical">The number as it is kept, also when it is wrong.</param>
/// <param name="Error">One of <see cref="ValueErrors"/>; null when nothing is wrong.</param>
/// <param name="BirthDate">
/// The date that the number tells, and its bearer's <paramref name="Sex"/> as GB/T 2261.1 has it; null otherwise.
/// </param>
public sealed record IdentifierCheck(string Canonical, string? Error, DateOnly? BirthDate, string? Sex);

/// <summary>
/// Checks the number of a certificate by its type, a code of GA/T 517. The type comes first: a number that is wrong for one is right for
/// another. Types whose numbers nothing checks take unusual ones, because a real certificate must never be refused.
/// </summary>
public static partial class IdentifierRules
{
    public const string ResidentCard = "111";
    public const string TemporaryResidentCard = "112";
    public const string TaiwanPermit = "511";
    public const string HongKongMacaoPermit = "516";
    public const string ForeignersPermanentResidence = "553";
    public const string ForeignersResidence = "554";

    /// <summary>No type of GA/T 517: the unified social credit code of an organisation (统一社会信用代码).</summary>
    public const string CreditCode = "uscc";

    const int MaxLength = 40;

    /// <param name="idType">The type's code. Without one the number is taken for a resident card's, which nearly all are.</param>
    /// <param name="today">No one is born after it; null when that isn't checked.</param>
    public static IdentifierCheck Check(string idType, string number, DateOnly? today = null)
    {
        var text = NormalText.OfCode(number);
        return idType switch
        {
            "" or ResidentCard or TemporaryResidentCard => ResidentId.Check(text, today),
            TaiwanPermit or HongKongMacaoPermit when ResidencePermit().IsMatch(text) => ResidentId.Check(text, today),
            ForeignersPermanentResidence or ForeignersResidence when ForeignersCard().IsMatch(text) => ResidentId.Check(text, today),
            CreditCode => Uscc.Check(number),
            _ => CheckOther(text),
        };
    }

    /// <summary>
    /// The form that is looked up, so that a person is found by the number of an old card and of the new one, however it is typed.
    /// </summary>
    public static string ForSearch(string number)
    {
        var text = NormalText.OfCode(number);
        var resident = ResidentId.Check(text);
        return resident.Error is null ? ResidentId.InNewForm(resident.Canonical) : text;
    }

    static IdentifierCheck CheckOther(string text) =>
        new(
            text,
            text.Length == 0 || !HasLetterOrDigit().IsMatch(text) ? ValueErrors.IdentifierCharacters
                : text.Contains('*', StringComparison.Ordinal) ? ValueErrors.Masked
                : LostNumber().IsMatch(text) ? ValueErrors.NumberLost
                : WrittenText.Length(text) > MaxLength ? ValueErrors.IdentifierLength
                : null,
            null,
            null
        );

    /// <summary>The residence permits of 2018 begin with the codes of Hong Kong, Macao and Taiwan.</summary>
    [GeneratedRegex(@"^8[123]0000[0-9]{11}[0-9X]\z")]
    private static partial Regex ResidencePermit();

    /// <summary>The cards of 2023 begin with 9.</summary>
    [GeneratedRegex(@"^9[0-9]{16}[0-9X]\z")]
    private static partial Regex ForeignersCard();

    [GeneratedRegex(@"[\p{L}\p{Nd}]")]
    private static partial Regex HasLetterOrDigit();

    [GeneratedRegex(@"^[0-9](\.[0-9]+)?E\+[0-9]+\z")]
    private static partial Regex LostNumber();
}
