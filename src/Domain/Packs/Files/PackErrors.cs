using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace GridActors.Domain.Packs.Files;

/// <summary>
/// Collects the errors of a pack, and sorts them by file and line. Of each kind the first few of a file are told, and how many more there
/// are, because one mistake in a column or a header makes an error in every line.
/// </summary>
sealed partial class PackErrors
{
    const int ToldOfKind = 20;
    const int MaxLength = 400;

    readonly Dictionary<(string File, string Kind), Errors> _kinds = [];

    public bool Any => _kinds.Count > 0;

    public void Add(string file, int line, string text)
    {
        var message = Printable(text);
        var kind = (file, Particulars().Replace(message, "…"));
        if (!_kinds.TryGetValue(kind, out var errors))
            _kinds[kind] = errors = new();
        if (errors.Told.Count < ToldOfKind)
            errors.Told.Add(new PackError(file, line, message));
        else
            errors.More++;
    }

    public ImmutableArray<PackError> Sorted() =>
        [.. _kinds.Values.SelectMany(k => k.All()).OrderBy(e => Array.IndexOf(PackFiles.Names, e.File)).ThenBy(e => e.Line)];

    /// <summary>One line of bounded length: messages repeat what a file holds, which may be of any length or move the cursor.</summary>
    static string Printable(string text)
    {
        var end = char.IsHighSurrogate(text, Math.Min(text.Length, MaxLength) - 1) ? MaxLength - 1 : MaxLength;
        var message = text.Length <= MaxLength ? text : text[..end] + "…";
        return message.Any(char.IsControl) ? string.Concat(message.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : message;
    }

    /// <summary>What differs between two errors of a kind: quoted texts, codes and numbers.</summary>
    [GeneratedRegex("\"[^\"]*\"|[^ ]*[0-9][^ ]*")]
    private static partial Regex Particulars();

    sealed class Errors
    {
        public HashSet<PackError> Told { get; } = [];
        public int More { get; set; }

        public IEnumerable<PackError> All()
        {
            foreach (var error in Told)
                yield return error;
            var last = Told.MaxBy(e => e.Line)!;
            if (More > 0)
                yield return new PackError(last.File, last.Line, $"there are {More:N0} more errors like this one");
        }
    }
}
