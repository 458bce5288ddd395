using System.Collections.Immutable;

namespace GridActors.Contracts.Cases;

/// <summary>How a dispute was settled by mediation (调解). It has the names of people only masked.</summary>
/// <param name="Level">The level at which it was settled: that of its place, or one above. In a command empty for the usual one.</param>
/// <param name="Parties">Who was heard: people with their masked names, organisations with their full ones.</param>
/// <param name="IsAgreed">Whether the parties came to an agreement.</param>
/// <param name="Agreement">What they agreed on, or why they didn't.</param>
/// <param name="Number">The number of the written agreement; empty where there is none.</param>
[GenerateSerializer, Immutable, Alias("gridactors.Mediation")]
public sealed record Mediation(
    [property: Id(0)] string Level,
    [property: Id(1)] ImmutableArray<string> Parties,
    [property: Id(2)] bool IsAgreed,
    [property: Id(3)] string Agreement,
    [property: Id(4)] string Number
);
