using GridActors.Domain.Places;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Places;

/// <summary>Makes the entries of the journal of decided events, and places of stored ones.</summary>
public sealed class PlaceEntries(PlaceSealer sealer, Vault.Vault vault, SubjectKeys subjects)
{
    public SubjectKey NewKey(string pack, Guid id) => vault.NewKey(pack, id);

    /// <param name="isNew">The key isn't stored yet.</param>
    public PlaceEntry Of(PlaceState next, PlaceEvent e, SubjectKey key, bool isNew, DateTimeOffset at, DateTimeOffset? callAt)
    {
        var view = next.View;
        var (kind, data) = PlaceEventJson.Write(sealer.Seal(e, key));
        return new()
        {
            Stream = PlaceEntry.StreamOf(view.Id),
            After = view.Version - 1,
            Events = [new(kind, data, (short)view.Status)],
            At = at,
            By = view.UpdatedBy.Key,
            Area = view.Area.Key,
            Operation = next.Operations[^1],
            Place = view,
            Row = sealer.Seal(view, key),
            NewKeys = isNew ? [key] : [],
            CallAt = callAt,
        };
    }

    public async Task<(PlaceState? State, SubjectKey? Key)> Fold(
        Guid id,
        IReadOnlyList<StoredEvent> stored,
        CancellationToken cancellationToken
    )
    {
        var key = (await subjects.Of([id], cancellationToken)).GetValueOrDefault(id);
        PlaceState? state = null;
        foreach (var s in stored)
            state = PlaceState.Evolve(state, id, sealer.Open(PlaceEventJson.Read(s.Kind, s.Data), key), s.At, new(s.By), s.Operation);
        return (state, key);
    }
}
