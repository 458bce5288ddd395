using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Households;

/// <summary>Makes the entries of the journal of decided events, and households of stored ones.</summary>
public sealed class HouseholdEntries(HouseholdSealer sealer, Vault.Vault vault, SubjectKeys subjects)
{
    /// <summary>The keys that are there, and new ones for subjects that an event brings.</summary>
    public Dictionary<Guid, SubjectKey> WithNewKeys(IReadOnlyDictionary<Guid, SubjectKey> keys, string pack, HouseholdEvent e)
    {
        var all = new Dictionary<Guid, SubjectKey>(keys);
        foreach (var facts in e.AllFacts())
            if (!all.ContainsKey(facts.Subject))
                all[facts.Subject] = vault.NewKey(pack, facts.Subject);
        return all;
    }

    /// <summary>The stored keys of subjects that come from another household.</summary>
    public async Task<IReadOnlyDictionary<Guid, SubjectKey>> Stored(
        ReceiveResidents command,
        Guid id,
        CancellationToken cancellationToken
    ) => await subjects.Of([.. command.Residents.Select(r => r.Id), id], cancellationToken);

    /// <param name="before">Null before the first event.</param>
    /// <param name="known">The keys that are stored.</param>
    /// <param name="keys">With those of the event's subjects.</param>
    public HouseholdEntry Of(
        HouseholdState? before,
        HouseholdState next,
        HouseholdEvent e,
        IReadOnlyDictionary<Guid, SubjectKey> known,
        IReadOnlyDictionary<Guid, SubjectKey> keys,
        DateTimeOffset at,
        DateTimeOffset? callAt
    )
    {
        var view = next.View;
        var (kind, data) = HouseholdEventJson.Write(sealer.Seal(e, keys));
        var moved = before is not null && before.View.Area != view.Area;
        return new()
        {
            Stream = HouseholdEntry.StreamOf(view.Id),
            After = view.Version - 1,
            Events = [new(kind, data, (short)view.Status)],
            At = at,
            By = view.UpdatedBy.Key,
            Area = view.Area.Key,
            Operation = next.Operations[^1],
            Household = view,
            HomeBefore = HouseholdEntry.HomeOf(before?.View),
            Row = sealer.Seal(view, keys[view.Id]),
            Residents =
            [
                .. view
                    .Residents.Where(r => moved || before?.View.Resident(r.Id) != r)
                    .Select(r => sealer.Seal(r, view.Area.Pack, keys.GetValueOrDefault(r.Id))),
            ],
            NewKeys = [.. keys.Values.Where(k => !known.ContainsKey(k.Subject))],
            Erased = e is ResidentErased erased ? [erased.Resident] : [],
            CallAt = callAt,
        };
    }

    public async Task<(HouseholdState? State, Dictionary<Guid, SubjectKey> Keys)> Fold(
        Guid id,
        IReadOnlyList<StoredEvent> stored,
        CancellationToken cancellationToken
    )
    {
        var events = stored.Select(s => (Stored: s, Event: HouseholdEventJson.Read(s.Kind, s.Data))).ToList();
        Guid[] named = [.. events.SelectMany(e => e.Event.AllFacts()).Select(f => f.Subject).Append(id).Distinct()];
        var keys = new Dictionary<Guid, SubjectKey>(await subjects.Of(named, cancellationToken));
        HouseholdState? state = null;
        foreach (var (s, e) in events)
            state = HouseholdState.Evolve(state, id, sealer.Open(e, keys), s.At, new PersonId(s.By), s.Operation);
        return (state, keys);
    }
}
