namespace GridActors.Contracts.Households;

/// <summary>Why a command about a household is refused, beside the codes that cases have too: the stable codes of docs/api.md.</summary>
public static class HouseholdRejections
{
    /// <summary>The place keeps no record of households: its pack has no <c>households.yaml</c>.</summary>
    public const string NoHouseholds = "no-households";

    /// <summary>The household would have two heads.</summary>
    public const string TwoHeads = "two-heads";

    /// <summary>The head would leave, and others stay: another one becomes the head first.</summary>
    public const string HeadLeaves = "head-leaves";

    /// <summary>The resident has moved out or died already, or isn't one of this household.</summary>
    public const string NotAResident = "not-a-resident";

    /// <summary>The resident still lives here, so nothing is erased.</summary>
    public const string StillLiving = "still-living";

    /// <summary>The household was merged into another one.</summary>
    public const string Merged = "merged";

    /// <summary>The household to go to isn't there, is this one, was merged, or lies where the caller may not edit.</summary>
    public const string WrongTarget = "wrong-target";

    /// <summary>
    /// Nobody can live in the place that is named: it isn't there or is gone, lies in another area, or is neither a dwelling nor a building
    /// that isn't divided into any.
    /// </summary>
    public const string WrongPlace = "wrong-place";

    /// <summary>The household is in another area by now than the one it should be reassigned from.</summary>
    public const string AreaChanged = "area-changed";

    /// <summary>More residents than one household can have.</summary>
    public const string TooManyResidents = "too-many-residents";
}
