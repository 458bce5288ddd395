namespace GridActors.Domain.Sheets;

public enum CellKind : byte
{
    Empty = 0,
    Text = 1,
    Number = 2,
    Date = 3,

    /// <summary>It is computed. Nothing is computed here, and what the file says the result was isn't trusted.</summary>
    Formula = 4,
}

/// <summary>A cell as its text: dates as <c>2026-01-05</c>, numbers without exponents as long as all their digits are known.</summary>
public readonly record struct SheetCell(CellKind Kind, string Text)
{
    public static SheetCell Empty { get; } = new(CellKind.Empty, "");

    public bool IsEmpty => Kind == CellKind.Empty;

    public static SheetCell Of(string? text) => string.IsNullOrWhiteSpace(text) ? Empty : new(CellKind.Text, text);
}

/// <summary>A line of a sheet that isn't empty.</summary>
/// <param name="Number">As the spreadsheet program shows it, from 1.</param>
public sealed record SheetLine(int Number, SheetCell[] Cells)
{
    public SheetCell this[int column] => column < Cells.Length ? Cells[column] : SheetCell.Empty;
}

public sealed record Sheet(string Name, IReadOnlyList<SheetLine> Lines);

/// <summary>What was read from a file.</summary>
/// <param name="Refusal">One of <see cref="SheetRefusals"/>, when the file can't be read; null otherwise.</param>
public sealed record SheetFile(IReadOnlyList<Sheet> Sheets, string? Refusal)
{
    public static SheetFile Refused(string code) => new([], code);
}

/// <summary>Why a file is refused as a whole.</summary>
public static class SheetRefusals
{
    /// <summary>Neither a workbook nor a table of text.</summary>
    public const string NotASheet = "not-a-sheet";

    /// <summary>A password protects it.</summary>
    public const string Protected = "sheet-protected";

    /// <summary>More bytes, lines or cells than are read, packed or unpacked.</summary>
    public const string TooLarge = "sheet-too-large";

    /// <summary>No line was found that names the columns.</summary>
    public const string NoHeader = "no-header";

    /// <summary>The file has no lines below its header.</summary>
    public const string NoRows = "no-rows";

    /// <summary>Two columns name the same field.</summary>
    public const string SameColumn = "same-column";

    /// <summary>The chosen area has others below it, and no column says in which of them a household is.</summary>
    public const string NoAreaColumn = "no-area-column";
}
