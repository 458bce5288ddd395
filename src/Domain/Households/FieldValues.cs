using System.Globalization;
using GridActors.Domain.Identifiers;

namespace GridActors.Domain.Households;

/// <param name="Value">The value in the one form in which it is kept and compared, also when it is wrong.</param>
/// <param name="Error">One of <see cref="ValueErrors"/>; null when nothing is wrong.</param>
public readonly record struct FieldValue(string Value, string? Error);

/// <summary>Reads what somebody typed into a field, in a form or in a spreadsheet: both take the same and refuse the same.</summary>
public static class FieldValues
{
    public const int MaxText = 500;
    public const int MaxAddress = 200;

    static readonly string[] Yes = ["是", "有", "对", "TRUE", "YES", "Y", "1", "√", "✓"];
    static readonly string[] No = ["否", "无", "没有", "不是", "FALSE", "NO", "N", "0", "×", "X"];

    /// <param name="codeOf">
    /// The code of what was typed into a field of codes, which can be a code or its name; null when there is none.
    /// </param>
    /// <param name="idType">The type of the certificate whose number an identifier is.</param>
    /// <param name="today">Dates after it are wrong, unless <paramref name="mayBeLater"/>.</param>
    public static FieldValue Read(
        FieldType type,
        string text,
        Func<string, string?> codeOf,
        string idType,
        DateOnly today,
        bool mayBeLater = false
    )
    {
        if (string.IsNullOrWhiteSpace(text))
            return new("", null);
        if (!WrittenText.CanBeShown(text))
            return new("", ValueErrors.CannotBeShown);
        switch (type)
        {
            case FieldType.Name:
                return Name(PersonNames.Normalise(text));
            case FieldType.Date:
                return WrittenDate.Read(text) is not { } day ? new(text, ValueErrors.NotADate)
                    : day > today && !mayBeLater ? new(WrittenDate.Write(day), ValueErrors.DateInFuture)
                    : new(WrittenDate.Write(day), null);
            case FieldType.Code:
                var typed = NormalText.Of(text);
                return codeOf(typed) is { } code ? new(code, null) : new(typed, ValueErrors.UnknownCode);
            case FieldType.Number:
                return decimal.TryParse(NormalText.OfCode(text), NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                    ? new(number.ToString("0.############", CultureInfo.InvariantCulture), null)
                    : new(text, ValueErrors.NotANumber);
            case FieldType.Boolean:
                var word = NormalText.OfCode(text);
                return Yes.Contains(word) ? new("true", null)
                    : No.Contains(word) ? new("false", null)
                    : new(text, ValueErrors.NotYesOrNo);
            case FieldType.Phone:
                return Phone(text);
            case FieldType.Identifier:
                var check = IdentifierRules.Check(idType, text, today);
                return new(check.Canonical, check.Error);
            case FieldType.Plate:
                return Plates.Normalise(text) is { } plate ? new(plate, null)
                    : text.Contains('*', StringComparison.Ordinal) ? new(text, ValueErrors.Masked)
                    : new(text, ValueErrors.NotAPlate);
            case FieldType.Address:
                return Text(NormalText.Of(text), MaxAddress);
            default:
                return Text(NormalText.Of(text), MaxText);
        }
    }

    static FieldValue Name(string name) =>
        name.Length == 0 ? new(name, ValueErrors.CannotBeShown)
        : PersonNames.IsMasked(name) ? new(name, ValueErrors.Masked)
        : WrittenText.Length(name) > PersonNames.MaxLength ? new(name, ValueErrors.TooLong)
        : new(name, null);

    static FieldValue Phone(string text) =>
        Phones.Normalise(text) is { } phone ? new(phone, null)
        : text.Contains('*', StringComparison.Ordinal) ? new(text, ValueErrors.Masked)
        : Phones.AreSeveral(text) ? new(text, ValueErrors.SeveralPhones)
        : new(text, ValueErrors.NotAPhone);

    static FieldValue Text(string text, int maxLength) =>
        text.Contains(Masks.Hidden, StringComparison.Ordinal) ? new(text, ValueErrors.Masked)
        : WrittenText.Length(text) > maxLength ? new(text, ValueErrors.TooLong)
        : new(text, null);
}
