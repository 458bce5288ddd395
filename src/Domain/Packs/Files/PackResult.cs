using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GridActors.Domain.Packs.Files;

/// <summary>A valid pack, or everything that is wrong with it.</summary>
public sealed record PackResult(Pack? Pack, ImmutableArray<PackError> Errors)
{
    [MemberNotNullWhen(true, nameof(Pack))]
    public bool IsValid => Pack is not null;
}

/// <summary>One error, as a sentence for the person who edits the file.</summary>
/// <param name="File">Name of the file within the pack's folder, or the folder itself.</param>
/// <param name="Line">1 for the first line; 0 when the error has no line, as when a file is missing.</param>
public sealed record PackError(string File, int Line, string Message)
{
    public override string ToString() =>
        Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}: {Message}") : $"{File}: {Message}";
}
