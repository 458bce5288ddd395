using System.Globalization;
using GridActors.Domain.Sheets;

namespace GridActors.Storage.Sheets;

/// <summary>The values of a workbook's cells as text.</summary>
static class CellValues
{
    /// <summary>A number in a workbook has 15 digits; those after them were lost when it was typed.</summary>
    const double MaxExact = 1e15;

    public static SheetCell Of(object? value) =>
        value switch
        {
            null => SheetCell.Empty,
            string text => SheetCell.Of(text),
            DateTime at => new(CellKind.Date, at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            DateTimeOffset at => new(CellKind.Date, at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            double number => new(CellKind.Number, Text(number)),
            bool isTrue => new(CellKind.Text, isTrue ? "TRUE" : "FALSE"),
            _ => SheetCell.Of(Convert.ToString(value, CultureInfo.InvariantCulture)),
        };

    /// <summary>4.3028119900101E+17 keeps its exponent, by which whoever reads it sees that digits are lost.</summary>
    static string Text(double number) =>
        Math.Abs(number) < MaxExact
            ? number.ToString("0.############", CultureInfo.InvariantCulture)
            : number.ToString("0.#############E+00", CultureInfo.InvariantCulture);
}
