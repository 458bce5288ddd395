namespace GridActors.Contracts.Places;

/// <summary>Why a command about a place is refused, beside the codes that cases have too: the stable codes of docs/api.md.</summary>
public static class PlaceRejections
{
    /// <summary>
    /// What it should belong to isn't there, is gone, lies in another area, or is of a kind that holds nothing of this kind.
    /// </summary>
    public const string WrongParent = "wrong-parent";

    /// <summary>A household lives there, so that it can't be gone.</summary>
    public const string Occupied = "place-occupied";

    /// <summary>The place is gone: it is re-opened before anything else is done with it.</summary>
    public const string Gone = "place-gone";
}
