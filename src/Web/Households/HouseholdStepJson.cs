using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.Households;

/// <summary>A step of a household's history.</summary>
/// <param name="Step">What was done, e.g. <c>resident-corrected</c>.</param>
/// <param name="Residents">To whom.</param>
/// <param name="Changed">The ids of the fields that changed; not their values.</param>
/// <param name="Other">The household that they went to or came from.</param>
/// <param name="Case">The case that was raised.</param>
/// <param name="Reason">For who is linked to the household or may edit it.</param>
public sealed record HouseholdStepJson(
    int Sequence,
    DateTimeOffset At,
    string By,
    string ByName,
    string Step,
    IReadOnlyList<string> Residents,
    IReadOnlyList<string> Changed,
    string? Other,
    string? Case,
    string? Reason
)
{
    public static HouseholdStepJson Of(HouseholdHistoryItem item, HouseholdView view, Caller caller)
    {
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, view.Area, view.Worker);
        var reason = access.IsLinked || access.MayEdit ? ReasonOf(item.Event) : null;
        return new(
            item.Sequence,
            item.At,
            item.By.Id,
            caller.Pack.NameOf(item.By),
            NameOf(item.Event),
            [.. ResidentsOf(item.Event).Select(r => r.ToString("N"))],
            ChangedBy(item.Event),
            OtherOf(item.Event)?.ToString("N"),
            (item.Event as CertificateRaised)?.Case.ToString("N"),
            string.IsNullOrEmpty(reason) ? null : reason
        );
    }

    static string NameOf(HouseholdEvent e) =>
        e switch
        {
            HouseholdCreated => "created",
            HouseholdCorrected => "corrected",
            HouseholdConfirmed { IsVisit: true } or HouseholdVisited => "visited",
            HouseholdConfirmed => "confirmed",
            HouseholdMoved => "moved",
            HouseholdReassigned => "reassigned",
            ResidentAdded => "resident-added",
            ResidentCorrected => "resident-corrected",
            HeadChanged => "head-changed",
            ResidentsLeft => "moved-out",
            ResidentDied => "died",
            ResidentMerged => "resident-merged",
            ResidentsMoved { IsMerge: true } => "merged",
            ResidentsMoved { NewIn: not null } => "split",
            ResidentsMoved => "residents-moved",
            ResidentsReceived => "residents-received",
            ResidentErased => "erased",
            CertificateRaised => "certificate-raised",
            _ => "unknown",
        };

    internal static IEnumerable<Guid> ResidentsOf(HouseholdEvent e) =>
        e switch
        {
            HouseholdCreated x => x.Residents.Select(r => r.Id),
            ResidentAdded x => [x.Resident.Id],
            ResidentCorrected x => [x.Resident],
            HeadChanged x => [x.Resident],
            ResidentsLeft x => x.Residents,
            ResidentDied x => [x.Resident],
            ResidentMerged x => [x.Resident],
            ResidentsMoved x => x.Residents,
            ResidentsReceived x => x.Residents.Select(r => r.Id),
            ResidentErased x => [x.Resident],
            CertificateRaised x => [x.Resident],
            _ => [],
        };

    static IReadOnlyList<string> ChangedBy(HouseholdEvent e) =>
        e switch
        {
            HouseholdCorrected x => [.. x.Facts.Clear.Keys, .. x.Removed, .. Also(x.Place is not null, "place")],
            HouseholdMoved x => ["area", .. x.Facts.Clear.Keys, .. x.Removed],
            HouseholdReassigned => ["area"],
            ResidentCorrected x =>
            [
                .. x.Facts.Clear.Keys,
                .. x.Removed,
                .. Also(x.Kind is not null, "kind"),
                .. Also(x.Relation is not null, "relation"),
                .. Also(x.Groups is not null, "groups"),
                .. Also(x.Certificates is not null, "certificates"),
                .. Also(x.Tags is not null, "tags"),
            ],
            _ => [],
        };

    static Guid? OtherOf(HouseholdEvent e) =>
        e switch
        {
            ResidentMerged x => x.IntoHousehold,
            ResidentsMoved x => x.To,
            ResidentsReceived x => x.From,
            _ => null,
        };

    static string? ReasonOf(HouseholdEvent e) =>
        e switch
        {
            HouseholdMoved x => x.Reason.Text,
            ResidentsLeft x => x.Reason.Text,
            ResidentsMoved x => x.Reason.Text,
            ResidentErased x => x.Reason.Text,
            _ => null,
        };

    static IEnumerable<string> Also(bool isSo, string name) => isSo ? [name] : [];
}

/// <summary>A resident whom a search found, masked, with the household.</summary>
public sealed record FoundResidentJson(
    string Resident,
    string? Name,
    string Kind,
    string State,
    IReadOnlyList<string> Groups,
    HouseholdItemJson Household
)
{
    public static FoundResidentJson Of(FoundResident found, Caller caller)
    {
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, found.Household.Area, found.Household.Worker);
        var mask = new HouseholdMask(caller.Pack.Pack.Households!, access);
        return new(
            found.Id.ToString("N"),
            mask.Text(SubjectKind.Resident, StandardFields.Name, found.Fields),
            HouseholdNames.Of(found.Kind),
            HouseholdNames.Of(found.Status),
            HouseholdNames.Readable(found.Groups, caller, found.Household.Area.Code),
            HouseholdItemJson.Of(found.Household, caller)
        );
    }
}

public sealed record GroupCountJson(string Id, string Name, string NameEn, int Count);

/// <summary>The figures of the households of an area and everything below it.</summary>
/// <param name="Groups">The special groups of which the caller may know who is in them.</param>
/// <param name="Complete">Households that somebody confirmed not long ago.</param>
/// <param name="Stale">Households whose facts nobody has confirmed for half a year.</param>
/// <param name="CertificatesLapsing">Certificates that have lapsed or lapse within thirty days.</param>
public sealed record HouseholdSummaryJson(
    string Area,
    int Households,
    int Residents,
    int Registered,
    int Migrant,
    int Absent,
    IReadOnlyList<GroupCountJson> Groups,
    int Complete,
    int Stale,
    int NeverVisited,
    int CertificatesLapsing
)
{
    public static HouseholdSummaryJson Of(HouseholdSummary summary, AreaNode area, Caller caller) =>
        new(
            area.Code,
            summary.Counts.Households,
            summary.Counts.Residents,
            summary.Counts.Registered,
            summary.Counts.Migrant,
            summary.Counts.Absent,
            [
                .. caller
                    .Pack.Pack.Households!.Groups.Where(g => caller.Pack.MayReadGroup(caller.Id, area, g.Id))
                    .Select(g => new GroupCountJson(g.Id, g.Name, g.NameEn, summary.Groups.GetValueOrDefault(g.Id))),
            ],
            summary.Counts.Households - summary.Counts.Stale,
            summary.Counts.Stale,
            summary.Counts.NeverVisited,
            summary.Counts.CertificatesLapsing
        );
}
