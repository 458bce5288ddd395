using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>What the mediation of a case has to say, where its category is settled by mediation (docs/cases.md).</summary>
/// <param name="Levels">The levels at which it can be settled, the lowest first: those of its place and of the areas above.</param>
/// <param name="Level">The one that is meant where none is named.</param>
public sealed record MediationTerms(ImmutableArray<string> Levels, string Level)
{
    /// <returns>Null where the category isn't settled by mediation.</returns>
    /// <param name="by">Who settles it.</param>
    /// <param name="climbedTo">The level to which it climbed; null while it stands below the ladder.</param>
    public static MediationTerms? Of(LoadedPack pack, string category, AreaId area, PersonId? by, string? climbedTo)
    {
        if (pack.CategoryOf(category)?.Mediation != true || pack.Areas.GetValueOrDefault(area.Code) is not { } place)
            return null;
        ImmutableArray<string> levels = [.. place.Upwards().Select(a => a.Level.Id)];
        var ofPost = by is { } person ? pack.Person(person)?.PostOver(place)?.Area.Level.Id : null;
        return new(levels, climbedTo is not null && levels.Contains(climbedTo) ? climbedTo : ofPost ?? levels[0]);
    }

    /// <returns>Null when the case can be settled with this mediation, or without one; otherwise why it can't.</returns>
    public static string? Complaint(Mediation? mediation, MediationTerms? terms) =>
        (mediation, terms) switch
        {
            (null, null) => null,
            (null, _) => MediationNeeded,
            (_, null) => MediationInvalid,
            ({ Level: var level }, { Levels: var levels }) => level.Length == 0 || levels.Contains(level) ? null : MediationInvalid,
        };

    /// <summary>The solution with its mediation, if there is one, at the level that is meant.</summary>
    public static CaseResolved Solution(string text, ImmutableArray<string> photos, Mediation? mediation, MediationTerms? terms) =>
        new(text, photos) { Mediation = mediation is { Level: "" } ? mediation with { Level = terms!.Level } : mediation };
}
