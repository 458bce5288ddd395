using System.Collections.Immutable;

namespace GridActors.Domain.Packs.Files;

/// <summary>Collects the errors of a pack, and sorts them by file and line.</summary>
sealed class PackErrors
{
    readonly List<PackError> _errors = [];

    public bool Any => _errors.Count > 0;

    public void Add(string file, int line, string message) => _errors.Add(new PackError(file, line, message));

    public ImmutableArray<PackError> Sorted() =>
        [.. _errors.Distinct().OrderBy(e => Array.IndexOf(PackFiles.Names, e.File)).ThenBy(e => e.Line)];
}
