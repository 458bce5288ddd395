using System.Text.Json;
using GridActors.Domain.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.Households;

/// <param name="Type">
/// <c>text</c>, <c>name</c>, <c>date</c>, <c>code</c>, <c>number</c>, <c>boolean</c>, <c>phone</c>, <c>identifier</c>, <c>plate</c> or
/// <c>address</c>.
/// </param>
/// <param name="Protection"><c>open</c>, <c>personal</c> or <c>sensitive</c>.</param>
/// <param name="Codes">The code list of a field of codes.</param>
public sealed record FieldRuleJson(string Id, string Name, string NameEn, string Type, string Protection, string? Codes, bool Required);

public sealed record CodeJson(string Code, string Name, string NameEn);

/// <param name="VisitEvery">How often a household with somebody of the group must be visited, e.g. <c>7d</c>; null for no rhythm.</param>
public sealed record GroupRuleJson(string Id, string Name, string NameEn, string? VisitEvery, bool Sensitive);

/// <param name="Lead">How long before it lapses its case is raised, e.g. <c>30d</c>.</param>
public sealed record CertificateRuleJson(string Id, string Name, string NameEn, string Lead);

/// <param name="VisitEvery">How often such a place must be looked at, e.g. <c>30d</c>; null for no rhythm.</param>
public sealed record KeyPlaceRuleJson(string Id, string Name, string NameEn, string? VisitEvery);

public sealed record PurposeRuleJson(string Id, string Name, string NameEn);

public sealed record SubjectFieldsJson(
    IReadOnlyList<FieldRuleJson> Resident,
    IReadOnlyList<FieldRuleJson> Household,
    IReadOnlyList<FieldRuleJson> Place
);

/// <summary>What the pack keeps of households, for forms.</summary>
/// <param name="Groups">Those that the caller may know somewhere.</param>
/// <param name="KeyPlaces">The types of key places.</param>
public sealed record HouseholdRulesJson(
    SubjectFieldsJson Fields,
    IReadOnlyDictionary<string, IReadOnlyList<CodeJson>> Codes,
    IReadOnlyList<GroupRuleJson> Groups,
    IReadOnlyList<CertificateRuleJson> Certificates,
    IReadOnlyList<KeyPlaceRuleJson> KeyPlaces,
    IReadOnlyList<PurposeRuleJson> Purposes
)
{
    public static HouseholdRulesJson Of(HouseholdRules rules, Caller caller) =>
        new(
            new([.. rules.Resident.Select(Of)], [.. rules.Household.Select(Of)], [.. rules.Place.Select(Of)]),
            rules.Codes.ToDictionary(
                c => c.Key,
                c => (IReadOnlyList<CodeJson>)[.. c.Value.Codes.Select(x => new CodeJson(x.Code, x.Name, x.NameEn))]
            ),
            [
                .. rules
                    .Groups.Where(g => caller.Person.Posts.Any(p => caller.Pack.MayReadGroup(caller.Id, p.Area, g.Id)))
                    .Select(g => new GroupRuleJson(g.Id, g.Name, g.NameEn, g.VisitEvery?.ToString(), g.Sensitive)),
            ],
            [.. rules.Certificates.Select(c => new CertificateRuleJson(c.Id, c.Name, c.NameEn, c.Lead.ToString()))],
            [.. rules.KeyPlaces.Select(k => new KeyPlaceRuleJson(k.Id, k.Name, k.NameEn, k.VisitEvery?.ToString()))],
            [.. rules.Purposes.Select(p => new PurposeRuleJson(p.Id, p.Name, p.NameEn))]
        );

    internal static FieldRuleJson Of(FieldRule f) => new(f.Id, f.Name, f.NameEn, Name(f.Type), Name(f.Protection), f.Codes, f.Required);

    static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
