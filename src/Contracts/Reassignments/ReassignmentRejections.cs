namespace GridActors.Contracts.Reassignments;

/// <summary>Why a reassignment is refused, beside the codes that cases and households have too: the stable codes of docs/api.md.</summary>
public static class ReassignmentRejections
{
    /// <summary>It isn't applied yet, is undone already, or was applied too long ago.</summary>
    public const string NotUndoable = "not-undoable";

    /// <summary>More households than one reassignment can have.</summary>
    public const string TooManyHouseholds = "too-many-households";
}
