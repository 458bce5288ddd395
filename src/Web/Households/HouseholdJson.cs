using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.Households;

/// <summary>The head of a household in a list.</summary>
public sealed record HeadJson(string Id, string? Name);

/// <summary>A household as lists show it. Personal values are masked, but for those who are linked to it.</summary>
public record HouseholdItemJson
{
    public required string Id { get; init; }
    public required string Area { get; init; }
    public required string AreaName { get; init; }

    /// <summary>The dwelling it lives in; null when it isn't known.</summary>
    public required string? Place { get; init; }

    /// <summary><c>living</c>, <c>empty</c> or <c>merged</c>.</summary>
    public required string State { get; init; }
    public required string? Number { get; init; }
    public required string? Address { get; init; }
    public required string? Door { get; init; }
    public required string? Phone { get; init; }
    public required HeadJson? Head { get; init; }

    /// <summary>How many live there.</summary>
    public required int ResidentCount { get; init; }

    /// <summary>The special groups that somebody of it is in, as far as the caller may know.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>When the first certificate lapses.</summary>
    public required DateOnly? CertificateLapses { get; init; }
    public required DateTimeOffset CheckedAt { get; init; }
    public required DateTimeOffset? VisitedAt { get; init; }
    public required int OpenCases { get; init; }
    public required int Version { get; init; }

    /// <summary>Whether the caller is linked to it, as its worker.</summary>
    public required bool Linked { get; init; }

    public static HouseholdItemJson Of(HouseholdRow row, Caller caller)
    {
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, row.Area, row.Worker);
        var mask = new HouseholdMask(caller.Pack.Pack.Households!, access);
        return new()
        {
            Id = row.Id.ToString("N"),
            Area = row.Area.Code,
            AreaName = HouseholdNames.AreaName(caller.Pack, row.Area.Code),
            Place = row.Place?.ToString("N"),
            State = HouseholdNames.Of(row.Status),
            Number = row.Fields.GetValueOrDefault(StandardFields.Number),
            Address = mask.Text(SubjectKind.Household, StandardFields.Address, row.Fields),
            Door = mask.Text(SubjectKind.Household, StandardFields.Door, row.Fields),
            Phone =
                mask.Text(SubjectKind.Household, StandardFields.Phone, row.Fields)
                ?? mask.Text(SubjectKind.Resident, StandardFields.Phone, row.HeadFields),
            Head = row.Head is { } head
                ? new(head.ToString("N"), mask.Text(SubjectKind.Resident, StandardFields.Name, row.HeadFields))
                : null,
            ResidentCount = row.Residents,
            Groups = HouseholdNames.Readable(row.Groups, caller, row.Area.Code),
            CertificateLapses = row.ExpiresOn,
            CheckedAt = row.CheckedAt,
            VisitedAt = row.VisitedAt,
            OpenCases = row.OpenCases,
            Version = row.Version,
            Linked = access.IsLinked,
        };
    }
}

/// <param name="Total">How many there are on all pages; null on any page but the first.</param>
/// <param name="TotalIsExact">False when there are more than were counted; null without a total.</param>
public sealed record HouseholdListJson(IReadOnlyList<HouseholdItemJson> Items, string? Next, int? Total, bool? TotalIsExact);

/// <param name="RaisedCase">The case that was raised because it lapses.</param>
public sealed record CertificateJson(string Id, string Kind, string Name, string NameEn, DateOnly ExpiresOn, string? RaisedCase)
{
    public static CertificateJson Of(Certificate c, HouseholdRules rules)
    {
        var rule = rules.Certificate(c.Kind);
        return new(c.Id.ToString("N"), c.Kind, rule?.Name ?? c.Kind, rule?.NameEn ?? c.Kind, c.ExpiresOn, c.RaisedCase?.ToString("N"));
    }
}

/// <summary>A resident. Personal values are masked.</summary>
/// <param name="State"><c>living</c>, <c>moved-out</c> or <c>died</c>.</param>
/// <param name="Age">In years; null when the date of birth isn't known.</param>
/// <param name="Erased">What was known was destroyed.</param>
public sealed record ResidentJson(
    string Id,
    string Kind,
    string? Relation,
    string? RelationName,
    string State,
    int? Age,
    IReadOnlyDictionary<string, FieldValueJson> Fields,
    IReadOnlyList<string> Groups,
    IReadOnlyList<CertificateJson> Certificates,
    IReadOnlyList<string> Tags,
    bool Erased
);

/// <summary>A household with its residents. Personal values are masked, but for those who are linked to it.</summary>
/// <param name="Actions">What the caller may do: <c>edit</c>, <c>reveal</c>, <c>erase</c>.</param>
public sealed record HouseholdJson(
    string Id,
    string Area,
    string AreaName,
    string State,
    string? Place,
    string? Worker,
    IReadOnlyDictionary<string, FieldValueJson> Fields,
    IReadOnlyList<ResidentJson> Residents,
    string? Head,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string UpdatedBy,
    string UpdatedByName,
    DateTimeOffset CheckedAt,
    DateTimeOffset? VisitedAt,
    string? MergedInto,
    int Version,
    bool Linked,
    IReadOnlyList<string> Actions
)
{
    /// <summary>Who of those just registered may be registered already; empty in every other answer.</summary>
    public IReadOnlyList<DoubtJson> Doubts { get; init; } = [];

    public static HouseholdJson Of(HouseholdView view, Caller caller, DateOnly today)
    {
        var (pack, rules) = (caller.Pack, caller.Pack.Pack.Households!);
        var access = HouseholdAccess.Of(pack, caller.Id, view.Area, view.Worker);
        var mask = new HouseholdMask(rules, access);
        return new(
            view.Id.ToString("N"),
            view.Area.Code,
            HouseholdNames.AreaName(pack, view.Area.Code),
            HouseholdNames.Of(view.Status),
            view.Place?.ToString("N"),
            view.Worker?.Id,
            mask.Of(SubjectKind.Household, view.Fields),
            [.. view.Residents.Select(r => Of(r, view, caller, mask, today))],
            view.Head?.Id.ToString("N"),
            view.CreatedAt,
            view.UpdatedAt,
            view.UpdatedBy.Id,
            pack.NameOf(view.UpdatedBy),
            view.CheckedAt,
            view.VisitedAt,
            view.MergedInto?.ToString("N"),
            view.Version,
            access.IsLinked,
            ActionsOf(view, caller, access)
        );
    }

    static ResidentJson Of(ResidentView r, HouseholdView view, Caller caller, HouseholdMask mask, DateOnly today)
    {
        var rules = caller.Pack.Pack.Households!;
        return new(
            r.Id.ToString("N"),
            HouseholdNames.Of(r.Kind),
            r.Relation,
            r.Relation is { } relation ? rules.Codes.GetValueOrDefault(HouseholdNames.Relations)?.Find(relation)?.Name : null,
            HouseholdNames.Of(r.Status),
            Ages.Of(r.Fields, today),
            mask.Of(SubjectKind.Resident, r.Fields),
            HouseholdNames.Readable(r.Groups, caller, view.Area.Code),
            [.. r.Certificates.Select(c => CertificateJson.Of(c, rules))],
            r.Tags,
            r.IsErased
        );
    }

    static IReadOnlyList<string> ActionsOf(HouseholdView view, Caller caller, HouseholdAccess access)
    {
        var actions = new List<string>();
        if (access.MayEdit && view.Status != HouseholdStatus.Merged)
            actions.Add("edit");
        if (access.MayReveal)
            actions.Add("reveal");
        if (caller.Pack.StandIn(view.Area.Code) is { } node && caller.Person.Over(node).Has(Permission.Administer))
            actions.Add("erase");
        return actions;
    }
}

/// <summary>How the values of enumerations are written in JSON, and what may be named.</summary>
static class HouseholdNames
{
    /// <summary>The code list of relations (GB/T 4761).</summary>
    public const string Relations = "relation";

    public static string Of(HouseholdStatus status) =>
        status switch
        {
            HouseholdStatus.Empty => "empty",
            HouseholdStatus.Merged => "merged",
            _ => "living",
        };

    public static string Of(ResidentKind kind) =>
        kind switch
        {
            ResidentKind.Migrant => "migrant",
            ResidentKind.Absent => "absent",
            _ => "registered",
        };

    public static string Of(ResidentStatus status) =>
        status switch
        {
            ResidentStatus.MovedOut => "moved-out",
            ResidentStatus.Died => "died",
            _ => "living",
        };

    public static ResidentKind? Kind(string? name) => Find<ResidentKind>(name, Of);

    public static HouseholdStatus? Status(string? name) => Find<HouseholdStatus>(name, Of);

    public static string AreaName(LoadedPack pack, string code) =>
        pack.Areas.GetValueOrDefault(code)?.Name ?? pack.Former(code)?.Name ?? code;

    /// <summary>Of some special groups those of which the caller may know who is in them.</summary>
    public static IReadOnlyList<string> Readable(IEnumerable<string> groups, Caller caller, string area) =>
        caller.Pack.StandIn(area) is { } node ? [.. groups.Where(g => caller.Pack.MayReadGroup(caller.Id, node, g))] : [];

    static T? Find<T>(string? name, Func<T, string> nameOf)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (nameOf(value) == name)
                return value;
        return null;
    }
}

/// <summary>Who lives in a household beside its head, as a search on the phone needs it.</summary>
public sealed record OtherResidentJson(string Household, string Id, string? Name, string? Phone)
{
    public static OtherResidentJson Of(OtherResident resident, HouseholdRules rules, Caller caller)
    {
        var mask = new HouseholdMask(rules, HouseholdAccess.Of(caller.Pack, caller.Id, resident.Area, resident.Worker));
        return new(
            resident.Household.ToString("N"),
            resident.Id.ToString("N"),
            mask.Text(SubjectKind.Resident, StandardFields.Name, resident.Fields),
            mask.Text(SubjectKind.Resident, StandardFields.Phone, resident.Fields)
        );
    }
}
