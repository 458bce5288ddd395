using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Consultations;

/// <summary>Who speaks for the parties of a consultation about a case, by the pack as it is now.</summary>
public static class ConsultationParties
{
    /// <summary>The parties that somebody speaks for. One that nobody holds a post of isn't invited.</summary>
    /// <param name="department">The department to invite; null for the one that has the case, or that answers for its category.</param>
    /// <param name="at">Now: who is away then has deputies beside them.</param>
    public static ImmutableArray<ConsultedParty> Of(LoadedPack pack, CaseView view, string? department, DateTimeOffset at)
    {
        if (pack.Areas.GetValueOrDefault(view.Area.Code) is not { } place)
            return [];
        var (parties, routed) = (ImmutableArray.CreateBuilder<ConsultedParty>(), RoutedCase.Of(view));
        foreach (var rule in pack.Pack.Consultation.Parties)
        {
            var invited = rule.IsDepartment ? DepartmentOf(pack, view, department) : null;
            if (rule.IsDepartment && invited is null)
                continue;
            var people = invited is null
                ? rule.Posts.SelectMany(post => LoadedPack.NearestHolders(post, rule.At, place))
                : LoadedPack.NearestHolders(invited.Post, invited.At, place);
            var invitees = Deputies.Beside(pack, routed, [.. people.Distinct()], at);
            ImmutableArray<PersonId> entitled = [.. invitees.Where(p => MayBeInvited(view, p))];
            if (!entitled.IsEmpty)
                parties.Add(new(rule.Id, invited?.Name ?? rule.Name, invited?.NameEn ?? rule.NameEn, entitled, invited?.Id));
        }
        return parties.ToImmutable();
    }

    /// <summary>
    /// Whether a person speaks for a party now: they hold one of its posts or stand in for who does, or were invited and the pack has no
    /// such party any more.
    /// </summary>
    public static bool SpeaksFor(LoadedPack pack, CaseView view, ConsultedParty party, PersonId person, DateTimeOffset at)
    {
        var now = Of(pack, view, party.Department, at).FirstOrDefault(p => p.Id == party.Id) ?? party;
        return now.People.Contains(person);
    }

    static Department? DepartmentOf(LoadedPack pack, CaseView view, string? department) =>
        (department ?? view.Department ?? pack.CategoryOf(view.Category)?.Department) is { } id
            ? pack.Departments.GetValueOrDefault(id)
            : null;

    /// <summary>Nobody learns of a confidential case by a consultation.</summary>
    static bool MayBeInvited(CaseView view, PersonId person) => !view.Confidential || CaseAccess.MaySee(view, person, reads: false);
}
