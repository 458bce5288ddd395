using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;

namespace GridActors.Domain.Households;

/// <summary>What another household must be told: residents went over to it.</summary>
public sealed record OwedTelling(Guid To, ReceiveResidents Command);

/// <summary>A household made from its events.</summary>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="Owed">What others must be told. They take each once, so nothing is lost when they are told again.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record HouseholdState(
    HouseholdView View,
    ImmutableArray<Guid> Operations,
    ImmutableArray<OwedTelling> Owed,
    bool HasUnknown = false
)
{
    /// <summary>Folds an event.</summary>
    /// <param name="state">Null before the first one.</param>
    /// <param name="id">The household's.</param>
    public static HouseholdState Evolve(HouseholdState? state, Guid id, HouseholdEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        if (state is null)
            return e is HouseholdCreated created
                ? Begin(id, created, at, by, operation)
                : throw new InvalidOperationException($"A household begins with its registration, not with {e.GetType().Name}.");
        var view = state.View with { Version = state.View.Version + 1, UpdatedAt = at, UpdatedBy = by };
        var next = state with { View = view, Operations = state.Operations.Add(operation) };
        return e switch
        {
            HouseholdCorrected x => next.With(
                view with
                {
                    Fields = Changed(view.Fields, x.Facts, x.Removed),
                    Place = x.Place is null ? view.Place : NoneOf(x.Place),
                    CheckedAt = at,
                }
            ),
            HouseholdConfirmed x => next.With(view with { CheckedAt = at, VisitedAt = x.IsVisit ? at : view.VisitedAt }),
            HouseholdVisited x => next.With(
                view with
                {
                    VisitedAt = x.At > view.VisitedAt || view.VisitedAt is null ? x.At : view.VisitedAt,
                }
            ),
            HouseholdMoved x => next.With(
                view with
                {
                    Area = x.Area,
                    Place = x.Place,
                    Fields = Changed(view.Fields, x.Facts, x.Removed),
                    CheckedAt = at,
                }
            ),
            HouseholdReassigned x => next.With(view with { Area = x.Area }),
            ResidentAdded x => next.With(Living(view with { Residents = view.Residents.Add(Begin(x.Resident)), CheckedAt = at })),
            ResidentCorrected x => next.With(view.Replace(x.Resident, r => Corrected(r, x)) with { CheckedAt = at }),
            HeadChanged x => next.With(WithHead(view, x)),
            ResidentsLeft x => next.With(Living(view.Replace(x.Residents, r => r with { Status = ResidentStatus.MovedOut, LeftAt = at }))),
            ResidentDied x => next.With(Living(view.Replace(x.Resident, r => r with { Status = ResidentStatus.Died, LeftAt = at }))),
            ResidentMerged x => next.With(
                Living(view.Replace(x.Resident, r => r with { Status = ResidentStatus.MovedOut, LeftAt = at, MergedInto = x.Into }))
            ),
            ResidentsMoved x => next.Moved(x, at, by),
            ResidentsReceived x => next.With(Received(view, x)),
            ResidentErased x => next.With(view.Replace(x.Resident, Erased)),
            CertificateRaised x => next.With(
                view.Replace(
                    x.Resident,
                    r =>
                        r with
                        {
                            Certificates = [.. r.Certificates.Select(c => c.Id == x.Certificate ? c with { RaisedCase = x.Case } : c)],
                        }
                )
            ),
            _ => next with { HasUnknown = true },
        };
    }

    static HouseholdState Begin(Guid id, HouseholdCreated e, DateTimeOffset at, PersonId by, Guid operation) =>
        new(
            Living(
                new(id, e.Area, e.Place, e.Worker, HouseholdStatus.Living, e.Facts.Clear, [.. e.Residents.Select(Begin)], 1, at, at, by, at)
            ),
            [operation],
            []
        );

    /// <summary>Beside what was sealed, nothing is shown any more that was only known of this person.</summary>
    static ResidentView Erased(ResidentView resident) =>
        resident with
        {
            Fields = Facts.None,
            Relation = null,
            Groups = [],
            Certificates = [],
            Tags = [],
            IsErased = true,
        };

    static ResidentView Begin(ResidentEntry e) => new(e.Id, e.Kind, e.Relation, e.Facts.Clear, e.Groups, e.Certificates, e.Tags);

    HouseholdState With(HouseholdView view) => this with { View = view };

    /// <summary>One that was merged meanwhile is there again: nobody may live where nothing can be changed.</summary>
    static HouseholdView Received(HouseholdView view, ResidentsReceived e) =>
        Living(
            view with
            {
                Status = HouseholdStatus.Living,
                MergedInto = null,
                Residents = view.Residents.RemoveAll(r => e.Residents.Any(n => n.Id == r.Id)).AddRange(e.Residents.Select(Begin)),
            }
        );

    /// <summary>A household in which nobody lives any more is empty, and one in which somebody lives again isn't.</summary>
    static HouseholdView Living(HouseholdView view) =>
        view.Status == HouseholdStatus.Merged
            ? view
            : view with
            {
                Status = view.Residents.Any(r => r.IsLiving) || view.Residents.IsEmpty ? HouseholdStatus.Living : HouseholdStatus.Empty,
            };

    HouseholdState Moved(ResidentsMoved e, DateTimeOffset at, PersonId by)
    {
        var moved = View.Residents.Where(r => e.Residents.Contains(r.Id)).ToList();
        var view = Living(View with { Residents = View.Residents.RemoveAll(r => e.Residents.Contains(r.Id)) });
        if (e.IsMerge)
            view = view with { Status = HouseholdStatus.Merged, MergedInto = e.To };
        var telling = new ReceiveResidents
        {
            // However often the other household is told of the move, it is one operation.
            Operation = OperationIds.Of(by.Key, $"household {View.Id:N} {View.Version}", []),
            By = by,
            From = View.Id,
            Residents = [.. moved.Select(r => Leaving(r, e))],
            NewIn = e.NewIn,
            Fields = e.NewFacts?.Clear ?? Facts.None,
        };
        return this with { View = view, Owed = Owed.Add(new(e.To, telling)) };
    }

    /// <summary>
    /// What somebody was to the head of this household says nothing in the other one, unless it is a new one with a head.
    /// </summary>
    static NewResident Leaving(ResidentView r, ResidentsMoved e) =>
        new(r.Id, r.Kind, r.Id == e.Head ? ResidentView.Head : null, r.Fields, r.Groups, r.Certificates, r.Tags);

    static HouseholdView WithHead(HouseholdView view, HeadChanged e) =>
        view with
        {
            Residents =
            [
                .. view.Residents.Select(r =>
                    r.Id == e.Resident ? r with { Relation = ResidentView.Head }
                    : r.IsHead ? r with { Relation = e.FormerRelation }
                    : r
                ),
            ],
        };

    static ResidentView Corrected(ResidentView r, ResidentCorrected e) =>
        r with
        {
            Kind = e.Kind ?? r.Kind,
            Relation = e.Relation ?? r.Relation,
            Fields = Changed(r.Fields, e.Facts, e.Removed),
            Groups = e.Groups ?? r.Groups,
            Certificates = e.Certificates ?? r.Certificates,
            Tags = e.Tags ?? r.Tags,
        };

    static ImmutableSortedDictionary<string, string> Changed(
        ImmutableSortedDictionary<string, string> fields,
        Facts changed,
        ImmutableArray<string> removed
    ) => fields.SetItems(changed.Clear).RemoveRange(removed);

    static Guid? NoneOf(Guid? id) => id == Guid.Empty ? null : id;
}

static class HouseholdViews
{
    public static HouseholdView Replace(this HouseholdView view, Guid resident, Func<ResidentView, ResidentView> change) =>
        view.Replace([resident], change);

    public static HouseholdView Replace(this HouseholdView view, ImmutableArray<Guid> residents, Func<ResidentView, ResidentView> change) =>
        view with
        {
            Residents = [.. view.Residents.Select(r => residents.Contains(r.Id) ? change(r) : r)],
        };
}
