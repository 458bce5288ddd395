using GridActors.Domain.Scores;
using GridActors.Storage.Households;
using GridActors.Web.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.Scores;

/// <summary>What the caller may see of the households behind a score: the head and the door, masked for who isn't linked to them.</summary>
sealed class HouseholdLabels(HouseholdQueries households)
{
    /// <returns>By the id as evidence has it. Households that the caller may not read aren't there.</returns>
    public async Task<IReadOnlyDictionary<string, string>> Of(Score score, Caller caller, CancellationToken cancellationToken)
    {
        Guid[] ids =
        [
            .. score
                .Lines.SelectMany(l => l.Evidence)
                .Where(e => e.Kind == EvidenceKind.Household)
                .Select(e => Guid.Parse(e.Id))
                .Distinct(),
        ];
        if (ids.Length == 0)
            return new Dictionary<string, string>();
        return (await households.Of(ids, cancellationToken))
            .Where(r => r.Area.Pack == caller.Pack.Pack.Id && caller.ReadsHouseholds(r.Area.Code))
            .Select(r => HouseholdItemJson.Of(r, caller))
            .ToDictionary(h => h.Id, h => $"{h.Head?.Name} {h.Door ?? h.Address}".Trim());
    }
}
