using GridActors.Contracts.Places;
using GridActors.Domain.Households;
using GridActors.Domain.Places;
using GridActors.Storage.Places;
using GridActors.Web.Sessions;

namespace GridActors.Web.Places;

/// <summary>A step of a place's history.</summary>
/// <param name="Step">What was done, e.g. <c>corrected</c>.</param>
/// <param name="Changed">The ids of the fields that changed; not their values.</param>
/// <param name="Followed">It followed the building or unit that it belongs to.</param>
/// <param name="Reason">For who is linked to the households of the area or may edit them.</param>
public sealed record PlaceStepJson(
    int Sequence,
    DateTimeOffset At,
    string By,
    string ByName,
    string Step,
    IReadOnlyList<string> Changed,
    bool Followed,
    string? Reason
)
{
    public static PlaceStepJson Of(PlaceHistoryItem item, PlaceView view, Caller caller)
    {
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, view.Area, null);
        var reason = access.IsLinked || access.MayEdit ? ReasonOf(item.Event)?.Text : null;
        return new(
            item.Sequence,
            item.At,
            item.By.Id,
            caller.Pack.NameOf(item.By),
            NameOf(item.Event),
            ChangedBy(item.Event),
            item.Event is PlaceClosed { WithParent: true } or PlaceMoved { Reason: null },
            string.IsNullOrEmpty(reason) ? null : reason
        );
    }

    static string NameOf(PlaceEvent e) =>
        e switch
        {
            PlaceCreated => "created",
            PlaceCorrected => "corrected",
            PlaceMoved => "moved",
            PlaceClosed => "closed",
            PlaceReopened => "reopened",
            PlaceVisited or PlaceVisitRecorded => "visited",
            _ => "unknown",
        };

    static IReadOnlyList<string> ChangedBy(PlaceEvent e) =>
        e switch
        {
            PlaceCorrected x =>
            [
                .. x.Facts.Clear.Keys,
                .. x.Removed,
                .. Also(x.Type is not null, "type"),
                .. Also(x.Parent is not null, "parent"),
            ],
            PlaceMoved => ["area"],
            _ => [],
        };

    static Facts? ReasonOf(PlaceEvent e) =>
        e switch
        {
            PlaceMoved x => x.Reason,
            PlaceClosed x => x.Reason,
            _ => null,
        };

    static IEnumerable<string> Also(bool isSo, string name) => isSo ? [name] : [];
}
