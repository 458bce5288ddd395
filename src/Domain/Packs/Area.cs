using System.Collections.Immutable;

namespace GridActors.Domain.Packs;

/// <param name="Kind">A word that the pack chooses, e.g. <c>urban</c> or <c>rural</c>; empty when it has none.</param>
/// <param name="Generated">True for an area that is not public and was numbered by the pack's generator.</param>
public sealed record Area(string Code, string Name, string Level, string? Parent, string Kind, bool Generated)
{
    /// <summary>
    /// The codes of the areas that this one was made of, by a merge or a split: their households belong here, or some of them.
    /// </summary>
    public ImmutableArray<string> Predecessors { get; init; } = [];
}
