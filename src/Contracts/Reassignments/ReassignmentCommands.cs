using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Reassignments;

/// <summary>What a person asks to do with one reassignment.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReassignmentCommand")]
public abstract record ReassignmentCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }
}

/// <summary>Let the households move (划转). The actor's key is the new reassignment's id.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ApplyReassignment")]
public sealed record ApplyReassignment : ReassignmentCommand
{
    [Id(0)]
    public required ImmutableArray<ReassignmentPart> Parts { get; init; }
}

/// <summary>Let all of them move back (撤销划转).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.UndoReassignment")]
public sealed record UndoReassignment : ReassignmentCommand;
