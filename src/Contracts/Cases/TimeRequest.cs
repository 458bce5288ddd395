using System.Collections.Immutable;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>What a claimant asks for when the promised time isn't enough. The numbers are stored.</summary>
public enum TimeRequestKind : byte
{
    /// <summary>The clocks stand still while something else is waited for (挂起).</summary>
    Pause = 1,

    /// <summary>A later due time (延期).</summary>
    Extension = 2,
}

/// <summary>A request for time that nobody has decided yet. A case has one at most.</summary>
/// <param name="Term">For an extension: the term that is asked for, as the catalogue writes terms.</param>
/// <param name="Approvers">Who has it in their inbox: the nearest above the claimant who may approve.</param>
[GenerateSerializer, Immutable, Alias("gridactors.TimeRequest")]
public sealed record TimeRequest(
    [property: Id(0)] TimeRequestKind Kind,
    [property: Id(1)] string? Term,
    [property: Id(2)] PersonId By,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] ImmutableArray<PersonId> Approvers
);
