using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;

namespace GridActors.Web.Cases;

/// <summary>Who had a case from one moment to another.</summary>
/// <param name="State">
/// <c>waiting</c> to be claimed, <c>working</c>, <c>paused</c>, <c>settled</c> and waiting to be closed, or <c>elsewhere</c>: with another
/// system.
/// </param>
/// <param name="Person">The claimant; null while the case waited.</param>
/// <param name="Posts">The claimant's post over the place; while the case waited, those of its recipients; none for people without.</param>
/// <param name="Minutes">Whole minutes of office time.</param>
public sealed record CaseHoldJson(
    string State,
    string? Person,
    string? PersonName,
    IReadOnlyList<PostNameJson> Posts,
    DateTimeOffset From,
    DateTimeOffset To,
    long Minutes
);

public sealed record PostNameJson(string Post, string PostName, string PostNameEn);

/// <summary>Where the working time of a case went.</summary>
/// <param name="Minutes">The whole, which the minutes of <paramref name="Holds"/> add up to.</param>
public sealed record CaseTimeJson(long Minutes, IReadOnlyList<CaseHoldJson> Holds)
{
    /// <param name="steps">All of the case's.</param>
    public static CaseTimeJson Of(CaseView view, IReadOnlyList<CaseHistoryItem> steps, LoadedPack pack, DateTimeOffset now)
    {
        var events = steps.Select(s => (s.Event, new EventContext(view.Id, s.At, s.By, Guid.Empty)));
        var holds = CaseHolds.Of(events, now, pack.WorkingTime);
        return new(
            holds.Sum(h => h.Minutes),
            [
                .. holds.Select(h => new CaseHoldJson(
                    ApiNames.Of(h.Kind),
                    h.Claimant?.Id,
                    h.Claimant is { } claimant ? pack.NameOf(claimant) : null,
                    Posts(h, view, pack),
                    h.From,
                    h.To,
                    h.Minutes
                )),
            ]
        );
    }

    static IReadOnlyList<PostNameJson> Posts(CaseHold hold, CaseView view, LoadedPack pack)
    {
        if (pack.Areas.GetValueOrDefault(view.Area.Code) is not { } area)
            return [];
        IEnumerable<PersonId> people = hold.Claimant is { } claimant ? [claimant] : hold.OfferedTo;
        return
        [
            .. people
                .Select(p => pack.Person(p)?.PostOver(area)?.Post)
                .OfType<Post>()
                .DistinctBy(p => p.Id)
                .Select(p => new PostNameJson(p.Id, p.Name, p.NameEn)),
        ];
    }
}
