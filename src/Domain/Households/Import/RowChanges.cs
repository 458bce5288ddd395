using System.Collections.Immutable;
using GridActors.Contracts.Households;
using GridActors.Domain.Identifiers;

namespace GridActors.Domain.Households.Import;

/// <summary>What a row says about a resident who is registered, and differs from what is known. What it doesn't say stays.</summary>
static class RowChanges
{
    /// <returns>Null when nothing would change.</returns>
    public static ResidentPlan? Of(ResidentView resident, ImportRow row, Func<Guid> newId)
    {
        var said = row.Derived.Where(d => !resident.Fields.ContainsKey(d.Key)).Concat(row.Resident).ToDictionary();
        // The number of an old card is known already by that of the new one.
        if (
            said.TryGetValue(StandardFields.IdNumber, out var number)
            && IsOldNumber(KnownHouseholds.Value(resident, StandardFields.IdNumber), number)
        )
            said.Remove(StandardFields.IdNumber);
        var groups = Union(resident.Groups, row.Groups);
        var tags = Union(resident.Tags, row.Tags);
        var certificates = Certificates(resident.Certificates, row.Certificates, newId);
        var plan = new ResidentPlan(
            resident.Id,
            false,
            row.Kind is { } kind && kind != resident.Kind ? new(resident.Kind, kind) : null,
            row.Relation is { } relation && relation != resident.Relation ? new(resident.Relation, relation) : null,
            Of(resident.Fields, said),
            groups.SequenceEqual(resident.Groups) ? null : new(resident.Groups, groups),
            certificates.SequenceEqual(resident.Certificates) ? null : new(resident.Certificates, certificates),
            tags.SequenceEqual(resident.Tags) ? null : new(resident.Tags, tags)
        );
        return Names(plan).IsEmpty ? null : plan;
    }

    public static ImmutableSortedDictionary<string, Change<string?>> Of(
        ImmutableSortedDictionary<string, string> known,
        IEnumerable<KeyValuePair<string, string>> said
    ) =>
        said.Where(s => known.GetValueOrDefault(s.Key) != s.Value)
            .ToImmutableSortedDictionary(
                s => s.Key,
                s => new Change<string?>(known.GetValueOrDefault(s.Key), s.Value),
                StringComparer.Ordinal
            );

    /// <summary>What changes, by the names that the API has for it.</summary>
    public static ImmutableArray<string> Names(ResidentPlan plan) =>
        [
            .. plan.Fields.Keys,
            .. plan.Kind is null ? Array.Empty<string>() : ["kind"],
            .. plan.Relation is null ? Array.Empty<string>() : ["relation"],
            .. plan.Groups is null ? Array.Empty<string>() : ["groups"],
            .. plan.Certificates is null ? Array.Empty<string>() : ["certificates"],
            .. plan.Tags is null ? Array.Empty<string>() : ["tags"],
        ];

    static bool IsOldNumber(string known, string written) =>
        written.Length == 15 && known.Length == 18 && IdentifierRules.ForSearch(written) == known;

    static ImmutableArray<string> Union(ImmutableArray<string> known, ImmutableArray<string> said) =>
        known.AddRange(said.Where(s => !known.Contains(s)));

    /// <summary>A later date of a kind of certificate renews it.</summary>
    static ImmutableArray<Certificate> Certificates(
        ImmutableArray<Certificate> known,
        ImmutableArray<RowCertificate> said,
        Func<Guid> newId
    )
    {
        var certificates = known;
        foreach (var (kind, expiresOn) in said)
            if (certificates.FirstOrDefault(c => c.Kind == kind) is not { } held)
                certificates = certificates.Add(new(newId(), kind, expiresOn));
            else if (held.ExpiresOn != expiresOn)
                certificates = certificates.Replace(held, new(held.Id, kind, expiresOn));
        return certificates;
    }
}
