using GridActors.Domain.Packs;

namespace GridActors.Storage.Areas;

/// <summary>
/// From when on a household's facts are stale, and by when a certificate counts as lapsing. Both hold for a whole day of the pack, so that
/// a board that was counted in the morning is right in the evening.
/// </summary>
public readonly record struct HouseholdMoments(DateTimeOffset CheckedBefore, DateOnly ExpiresBy)
{
    /// <summary>Facts that nobody has confirmed for so long are stale.</summary>
    const int StaleDays = 180;

    /// <summary>Certificates that lapse within this time are counted as lapsing.</summary>
    const int LapsingDays = 30;

    /// <returns>Null where the place keeps no households.</returns>
    public static HouseholdMoments? Of(LoadedPack pack, DateOnly day) =>
        pack.Pack.Households is null ? null : new(pack.Start(day.AddDays(-StaleDays)), day.AddDays(LapsingDays));
}
