using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Storage.Households;
using GridActors.Storage.SubjectRequests;
using GridActors.Web.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.SubjectRequests;

/// <summary>A field that is kept of a resident, the value masked.</summary>
/// <param name="Why">What it is kept for; empty where the pack says nothing.</param>
/// <param name="Since">Since when it is kept so; null when the history doesn't say.</param>
/// <param name="By">Who entered it.</param>
public sealed record KeptFieldJson(
    string Id,
    string Name,
    string NameEn,
    string Value,
    string Why,
    string WhyEn,
    DateTimeOffset? Since,
    string? By
);

/// <summary>Somebody saw values of a resident in clear.</summary>
public sealed record SeenJson(DateTimeOffset At, string ByName, IReadOnlyList<string> Fields, string PurposeName);

/// <summary>Somebody took a spreadsheet of households along, everything masked.</summary>
public sealed record ExportedJson(DateTimeOffset At, string ByName);

/// <summary>The answer to a resident who asks what is kept of them, why, since when, and who saw it.</summary>
/// <param name="Name">Masked.</param>
/// <param name="Basis">The basis of the law.</param>
/// <param name="Groups">The special groups of which the caller may know.</param>
/// <param name="Linked">Whoever sees name, address and phone in full, because they work for the household.</param>
/// <param name="KeptFor">How long it is kept after the resident moved out, e.g. <c>3y</c>.</param>
/// <param name="KeptAfterDeath">How long it is kept after the resident died.</param>
public sealed record ResidentSheetJson(
    string Household,
    string Resident,
    string? Name,
    DateTimeOffset RegisteredAt,
    string Basis,
    string BasisEn,
    IReadOnlyList<KeptFieldJson> Fields,
    IReadOnlyList<string> Groups,
    IReadOnlyList<CertificateJson> Certificates,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Linked,
    IReadOnlyList<SeenJson> Reveals,
    IReadOnlyList<ExportedJson> Exports,
    string KeptFor,
    string KeptAfterDeath
);

/// <summary>What would remain of a resident who is erased, and why.</summary>
/// <param name="Fields">The ids of the fields whose values are destroyed.</param>
/// <param name="InHistory">
/// What steps of the history go on saying without a name, as far as there is any: <c>kind</c>, <c>relation</c>, <c>groups</c>,
/// <c>certificates</c>, <c>tags</c> and <c>left</c>, when they moved out or died.
/// </param>
/// <param name="OfHousehold">The ids of the household's own facts, which belong to all of it and stay.</param>
/// <param name="StillLiving">Nothing can be erased while they live there.</param>
/// <param name="Events">How many steps of the household's history name them; they remain, without values.</param>
/// <param name="FormerHouseholds">The households that they came from, whose history names them, too.</param>
/// <param name="Cases">The cases about the household; their texts may say something of them, and aren't erased.</param>
/// <param name="Reveals">How many records remain of who saw their values.</param>
/// <param name="RevealsKeptFor">How long these are kept, e.g. <c>3y</c>.</param>
/// <param name="Requests">How many of their requests remain, without their words.</param>
/// <param name="Imports">How many spreadsheets that were sent are kept, for a week at most, and may have them.</param>
/// <param name="Exports">How many masked spreadsheets were taken along; nobody can call them back.</param>
/// <param name="BackupsFrom">
/// Back-ups that were made since then can be opened until the data keys have been renewed; null when nothing can be opened any more.
/// </param>
public sealed record ErasureImpactJson(
    IReadOnlyList<string> Fields,
    IReadOnlyList<string> InHistory,
    IReadOnlyList<string> OfHousehold,
    bool StillLiving,
    bool Erased,
    int Events,
    IReadOnlyList<string> FormerHouseholds,
    IReadOnlyList<ImpactCaseJson> Cases,
    int Reveals,
    string RevealsKeptFor,
    int Requests,
    int Imports,
    int Exports,
    DateTimeOffset? BackupsFrom
);

public sealed record ImpactCaseJson(string Id, bool Open);

/// <summary>Makes the answer of what is kept of one resident.</summary>
static class ResidentSheet
{
    /// <param name="steps">All that happened to the household.</param>
    public static ResidentSheetJson Of(
        HouseholdView view,
        ResidentView resident,
        IReadOnlyList<HouseholdHistoryItem> steps,
        IReadOnlyList<Reveal> reveals,
        Traces traces,
        Caller caller
    )
    {
        var (pack, rules) = (caller.Pack, caller.Pack.Pack.Households!);
        var mask = new HouseholdMask(rules, HouseholdAccess.Of(pack, caller.Id, view.Area, view.Worker));
        var area = pack.StandIn(view.Area.Code);
        return new(
            view.Id.ToString("N"),
            resident.Id.ToString("N"),
            mask.Text(SubjectKind.Resident, StandardFields.Name, resident.Fields),
            steps.FirstOrDefault(s => Names(s.Event, resident.Id))?.At ?? view.CreatedAt,
            rules.Basis.Name,
            rules.Basis.NameEn,
            [.. resident.Fields.Keys.Select(id => Kept(id, resident, rules, mask, steps, caller))],
            HouseholdNames.Readable(resident.Groups, caller, view.Area.Code),
            [.. resident.Certificates.Select(c => CertificateJson.Of(c, rules))],
            resident.Tags,
            [
                .. (
                    view.Worker is { } worker ? [worker]
                    : area is null ? []
                    : rules.LinkedPosts.SelectMany(p => Domain.Packs.LoadedPack.NearestHolders(p, null, area)).Distinct()
                ).Select(pack.NameOf),
            ],
            [.. reveals.Select(r => new SeenJson(r.At, pack.NameOf(r.Person), r.Fields, rules.Purpose(r.Purpose)?.Name ?? r.Purpose))],
            [.. traces.Exports.Select(e => new ExportedJson(e.At, pack.NameOf(e.By)))],
            rules.Retention.MovedOut.ToString(),
            rules.Retention.Died.ToString()
        );
    }

    public static ErasureImpactJson Impact(
        HouseholdView view,
        ResidentView resident,
        IReadOnlyList<HouseholdHistoryItem> steps,
        int reveals,
        int requests,
        Traces traces,
        HouseholdRules rules
    ) =>
        new(
            [.. resident.Fields.Keys],
            [.. InHistory(resident, steps)],
            [.. view.Fields.Keys],
            resident.IsLiving,
            resident.IsErased,
            steps.Count(s => Names(s.Event, resident.Id)),
            [
                .. steps
                    .Select(s => s.Event)
                    .OfType<ResidentsReceived>()
                    .Where(e => Names(e, resident.Id))
                    .Select(e => e.From.ToString("N"))
                    .Distinct(),
            ],
            [.. traces.Cases.Select(c => new ImpactCaseJson(c.Id.ToString("N"), c.IsOpen))],
            reveals,
            rules.Retention.Reveals.ToString(),
            requests,
            traces.Imports,
            traces.Exports.Count,
            traces.KeyFrom
        );

    /// <summary>
    /// Steps are never changed: what they say of somebody beside sealed facts stays. It is read from them, not from how it is now.
    /// </summary>
    static IEnumerable<string> InHistory(ResidentView resident, IReadOnlyList<HouseholdHistoryItem> steps)
    {
        var entries = steps.Select(s => s.Event).SelectMany(e => EntriesOf(e).Where(r => r.Id == resident.Id)).ToList();
        var corrections = steps.Select(s => s.Event).OfType<ResidentCorrected>().Where(c => c.Resident == resident.Id).ToList();
        yield return "kind";
        if (entries.Any(r => r.Relation is not null) || corrections.Any(c => c.Relation is not null))
            yield return "relation";
        if (entries.Any(r => !r.Groups.IsEmpty) || corrections.Any(c => c.Groups is { IsEmpty: false }))
            yield return "groups";
        if (entries.Any(r => !r.Certificates.IsEmpty) || corrections.Any(c => c.Certificates is { IsEmpty: false }))
            yield return "certificates";
        if (entries.Any(r => !r.Tags.IsEmpty) || corrections.Any(c => c.Tags is { IsEmpty: false }))
            yield return "tags";
        if (resident.LeftAt is not null)
            yield return "left";
    }

    static IEnumerable<ResidentEntry> EntriesOf(HouseholdEvent e) =>
        e switch
        {
            HouseholdCreated created => created.Residents,
            ResidentAdded added => [added.Resident],
            ResidentsReceived received => received.Residents,
            _ => [],
        };

    static KeptFieldJson Kept(
        string id,
        ResidentView resident,
        HouseholdRules rules,
        HouseholdMask mask,
        IReadOnlyList<HouseholdHistoryItem> steps,
        Caller caller
    )
    {
        var rule = rules.Field(SubjectKind.Resident, id);
        var set = steps.LastOrDefault(s => FactsOf(s.Event, resident.Id).Any(f => f.Clear.ContainsKey(id)));
        return new(
            id,
            rule?.Name ?? id,
            rule?.NameEn ?? id,
            mask.Text(SubjectKind.Resident, id, resident.Fields) ?? "",
            rule?.Why ?? "",
            rule?.WhyEn ?? "",
            set?.At,
            set is null ? null : caller.Pack.NameOf(set.By)
        );
    }

    static bool Names(HouseholdEvent e, Guid resident) => HouseholdStepJson.ResidentsOf(e).Contains(resident);

    static IEnumerable<Facts> FactsOf(HouseholdEvent e, Guid resident) => e.AllFacts().Where(f => f.Subject == resident);
}
