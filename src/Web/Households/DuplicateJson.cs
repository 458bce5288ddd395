using System.Collections.Immutable;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Storage.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.Households;

/// <summary>Somebody in a household may be registered already.</summary>
/// <param name="Resident">Who of the household.</param>
/// <param name="By"><c>number</c>, <c>birth-date</c> (and the name) or <c>phone</c> (and the name).</param>
/// <param name="Household">Where else; null where the caller may not read.</param>
/// <param name="Other">The other record; null where the caller may not read.</param>
public sealed record DoubtJson(string Resident, string By, string? Household, string? Other);

/// <summary>One of two records that may be of one person, masked.</summary>
/// <param name="Household">The household's id.</param>
public sealed record LikeResidentJson(
    string Id,
    string Household,
    string Area,
    string AreaName,
    string Kind,
    string? Relation,
    IReadOnlyDictionary<string, FieldValueJson> Fields,
    string? Address,
    IReadOnlyList<string> Groups,
    bool Editable
);

/// <summary>Two records that may be of one person.</summary>
/// <param name="By"><c>number</c>, <c>birth-date</c> (and the name) or <c>phone</c> (and the name).</param>
/// <param name="Other">Null when it is where the caller may not read: only that there is one is told then.</param>
/// <param name="Same">The ids of the fields in which both have the same value.</param>
public sealed record DuplicateJson(string By, LikeResidentJson One, LikeResidentJson? Other, IReadOnlyList<string> Same);

/// <param name="Complete">False when there are more.</param>
public sealed record DuplicateListJson(IReadOnlyList<DuplicateJson> Items, bool Complete);

/// <param name="Keep">The resident whose record is kept. What it lacks and the other one has goes over to it.</param>
/// <param name="KeepHousehold">Its household.</param>
/// <param name="Resident">The resident whose record ends.</param>
/// <param name="Household">Its household.</param>
public sealed record MergeResidentsRequest(string? Keep, string? KeepHousehold, string? Resident, string? Household);

/// <param name="One">A resident.</param>
/// <param name="Other">Another one, who looks like the same person and isn't.</param>
public sealed record DistinguishRequest(string? One, string? Other);

static class Likenesses
{
    public static string Of(Likeness likeness) =>
        likeness switch
        {
            Likeness.Number => "number",
            Likeness.BirthDate => "birth-date",
            _ => "phone",
        };

    /// <summary>
    /// Only a number is told of where the caller may not read: names and dates of birth would be guessed one after the other.
    /// </summary>
    public static bool IsTold(LikePair pair, Caller caller) =>
        pair.By == Likeness.Number || (caller.ReadsHouseholds(pair.One.Area.Code) && caller.ReadsHouseholds(pair.Other.Area.Code));

    public static DoubtJson DoubtOf(LikePair pair, Caller caller)
    {
        var mayRead = caller.ReadsHouseholds(pair.Other.Area.Code);
        return new(
            pair.One.Id.ToString("N"),
            Of(pair.By),
            mayRead ? pair.Other.Household.ToString("N") : null,
            mayRead ? pair.Other.Id.ToString("N") : null
        );
    }

    public static LikeResidentJson? Of(LikeResident resident, HouseholdView household, Caller caller)
    {
        if (household.Resident(resident.Id) is not { } view)
            return null;
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, household.Area, household.Worker);
        var rules = caller.Pack.Pack.Households!;
        var mask = new HouseholdMask(rules, access);
        return new(
            view.Id.ToString("N"),
            household.Id.ToString("N"),
            household.Area.Code,
            HouseholdNames.AreaName(caller.Pack, household.Area.Code),
            HouseholdNames.Of(view.Kind),
            view.Relation is { } relation ? rules.Codes.GetValueOrDefault(HouseholdNames.Relations)?.Find(relation)?.Name : null,
            mask.Of(SubjectKind.Resident, view.Fields),
            mask.Text(SubjectKind.Household, StandardFields.Address, household.Fields),
            HouseholdNames.Readable(view.Groups, caller, household.Area.Code),
            access.MayEdit
        );
    }

    public static IReadOnlyList<string> Same(LikePair pair) =>
        [.. pair.One.Fields.Where(f => pair.Other.Fields.GetValueOrDefault(f.Key) == f.Value).Select(f => f.Key)];

    /// <summary>What the record that is kept lacks, and the other one has.</summary>
    /// <param name="newId">Gives the id of a certificate.</param>
    /// <returns>Null when it lacks nothing.</returns>
    public static CorrectResident? Missing(ResidentView keep, ResidentView other, Caller caller, Func<string, Guid> newId)
    {
        var fields = other.Fields.Where(f => !keep.Fields.ContainsKey(f.Key)).ToList();
        var certificates = other.Certificates.Where(c => keep.Certificates.All(k => k.Kind != c.Kind)).ToList();
        var groups = other.Groups.Except(keep.Groups).ToList();
        var tags = other.Tags.Except(keep.Tags).ToList();
        if (fields.Count + certificates.Count + groups.Count + tags.Count == 0)
            return null;
        return new()
        {
            By = caller.Id,
            Resident = keep.Id,
            Fields = new(
                ImmutableSortedDictionary.CreateRange(
                    StringComparer.Ordinal,
                    fields.Select(f => KeyValuePair.Create(f.Key, (string?)f.Value))
                )
            ),
            Groups = groups.Count == 0 ? null : [.. keep.Groups, .. groups],
            Certificates =
                certificates.Count == 0
                    ? null
                    :
                    [
                        .. keep.Certificates,
                        .. certificates.Select(c => new Certificate(newId($"certificate {c.Kind}"), c.Kind, c.ExpiresOn)),
                    ],
            Tags = tags.Count == 0 ? null : [.. keep.Tags, .. tags],
        };
    }
}
