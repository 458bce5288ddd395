using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Consultations;

/// <summary>Who speaks for the parties of a consultation about a case, by the pack as it is now.</summary>
public static class ConsultationParties
{
    /// <summary>The parties that somebody speaks for. One that nobody holds a post of isn't invited.</summary>
    /// <param name="department">The department to invite; null for the one that has the case, or that answers for its category.</param>
    public static ImmutableArray<ConsultedParty> Of(LoadedPack pack, CaseView view, string? department)
    {
        if (pack.Areas.GetValueOrDefault(view.Area.Code) is not { } place)
            return [];
        var parties = ImmutableArray.CreateBuilder<ConsultedParty>();
        foreach (var rule in pack.Pack.Consultation.Parties)
        {
            var invited = rule.IsDepartment ? DepartmentOf(pack, view, department) : null;
            if (rule.IsDepartment && invited is null)
                continue;
            var people = invited is null
                ? rule.Posts.SelectMany(post => LoadedPack.NearestHolders(post, rule.At, place))
                : LoadedPack.NearestHolders(invited.Post, invited.At, place);
            ImmutableArray<PersonId> entitled = [.. people.Distinct().Where(p => MayBeInvited(view, p))];
            if (!entitled.IsEmpty)
                parties.Add(new(rule.Id, invited?.Name ?? rule.Name, invited?.NameEn ?? rule.NameEn, entitled, invited?.Id));
        }
        return parties.ToImmutable();
    }

    /// <summary>
    /// Whether a person speaks for a party now: they hold one of its posts, or were invited and the pack has no such party any more.
    /// </summary>
    public static bool SpeaksFor(LoadedPack pack, CaseView view, ConsultedParty party, PersonId person)
    {
        var now = Of(pack, view, party.Department).FirstOrDefault(p => p.Id == party.Id) ?? party;
        return now.People.Contains(person);
    }

    static Department? DepartmentOf(LoadedPack pack, CaseView view, string? department) =>
        (department ?? view.Department ?? pack.CategoryOf(view.Category)?.Department) is { } id
            ? pack.Departments.GetValueOrDefault(id)
            : null;

    /// <summary>Nobody learns of a confidential case by a consultation.</summary>
    static bool MayBeInvited(CaseView view, PersonId person) => !view.Confidential || CaseAccess.MaySee(view, person, reads: false);
}
