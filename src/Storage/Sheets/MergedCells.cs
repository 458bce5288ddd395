using ExcelDataReader;
using GridActors.Domain.Sheets;

namespace GridActors.Storage.Sheets;

/// <summary>
/// Gives every cell of a merged range the value of its first one: an address that is merged over a household is everybody's.
/// </summary>
sealed class MergedCells
{
    /// <summary>More ranges than can lie beside each other in the columns that are read.</summary>
    const int MaxBeside = SheetReader.MaxColumns;

    readonly Dictionary<int, List<CellRange>> _beginning = [];
    readonly List<(CellRange Range, SheetCell Value)> _open = [];

    /// <param name="ranges">Of a sheet, in any order.</param>
    public MergedCells(CellRange[] ranges)
    {
        foreach (var range in ranges)
            if (range.FromColumn < SheetReader.MaxColumns)
            {
                if (!_beginning.TryGetValue(range.FromRow, out var beginning))
                    _beginning[range.FromRow] = beginning = [];
                beginning.Add(range);
            }
    }

    /// <summary>Ranges that overlap, as no spreadsheet program writes them.</summary>
    public bool AreTooMany { get; private set; }

    /// <param name="row">From 0, in rising order.</param>
    public void Fill(int row, SheetCell[] cells)
    {
        _open.RemoveAll(o => o.Range.ToRow < row);
        if (_beginning.TryGetValue(row, out var beginning))
            foreach (var range in beginning)
                if (range.FromColumn < cells.Length)
                    _open.Add((range, cells[range.FromColumn]));
        AreTooMany |= _open.Count > MaxBeside;
        if (AreTooMany)
            return;
        foreach (var (range, value) in _open)
            for (var i = Math.Max(0, range.FromColumn); i <= range.ToColumn && i < cells.Length; i++)
                if (cells[i].IsEmpty)
                    cells[i] = value;
    }
}
