using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GridActors.Domain.Clocks;
using GridActors.Domain.Households.Forms;
using GridActors.Domain.Registrations;

namespace GridActors.Domain.Households;

/// <summary>
/// What a place keeps about its households, residents and places, who may see it, and for how long: the standard's fields and code lists,
/// and what the pack's <c>households.yaml</c> adds to them. docs/packs.md describes the file.
/// </summary>
public sealed record HouseholdRules
{
    /// <summary>The code of the head of household (户主) in the list of relations, GB/T 4761.</summary>
    public const string HeadRelation = "02";

    /// <summary>The tag of a household or resident that a generator made up.</summary>
    public const string GeneratedTag = "generated";

    /// <summary>The number of a resident's certificate is the field <c>certificate:</c> and the kind of the certificate.</summary>
    public const string CertificatePrefix = "certificate:";

    /// <summary>The fields of a resident, in the order of forms and sheets.</summary>
    public ImmutableArray<FieldRule> Resident { get; init; } = [];

    /// <summary>The fields of a household, in the order of forms and sheets.</summary>
    public ImmutableArray<FieldRule> Household { get; init; } = [];

    /// <summary>The fields of a place, in the order of forms and sheets.</summary>
    public ImmutableArray<FieldRule> Place { get; init; } = [];

    /// <summary>The code lists by their ids, as fields name them.</summary>
    public ImmutableSortedDictionary<string, CodeList> Codes { get; init; } =
        ImmutableSortedDictionary.Create<string, CodeList>(StringComparer.Ordinal);

    /// <summary>The special groups (重点人群).</summary>
    public ImmutableArray<GroupRule> Groups { get; init; } = [];

    public ImmutableArray<CertificateRule> Certificates { get; init; } = [];

    /// <summary>The types of key places (重点场所).</summary>
    public ImmutableArray<KeyPlaceRule> KeyPlaces { get; init; } = [];

    /// <summary>For what somebody may have masked values revealed.</summary>
    public ImmutableArray<PurposeRule> Purposes { get; init; } = [];

    /// <summary>Whose holders, at the area of a household or the nearest one above, are linked to the household.</summary>
    public ImmutableArray<string> LinkedPosts { get; init; } = [];

    /// <summary>The forms that are made from what is kept, in the order of <c>forms.yaml</c>.</summary>
    public ImmutableArray<FormRule> Forms { get; init; } = [];

    public RevealRule Reveal { get; init; } = RevealRule.Default;

    public RetentionRule Retention { get; init; } = RetentionRule.Default;

    /// <summary>How soon a resident's request about what is kept of them must be answered.</summary>
    public ClockTerm RequestAnswer { get; init; } = DefaultRequestAnswer;

    /// <summary>On which basis of the law it is kept, as a resident is told who asks.</summary>
    public BasisRule Basis { get; init; } = BasisRule.Default;

    /// <summary>Fifteen working days, as administrative agencies have to answer.</summary>
    public static ClockTerm DefaultRequestAnswer { get; } = new(new(15, TermUnit.WorkingDays), null);

    /// <summary>How residents register their own household; null where they can't.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegistrationRules? Registration { get; init; }

    public ImmutableArray<FieldRule> FieldsOf(SubjectKind subject) =>
        subject switch
        {
            SubjectKind.Resident => Resident,
            SubjectKind.Household => Household,
            _ => Place,
        };

    /// <summary>A field, also the number of a certificate; null for one that the pack doesn't have.</summary>
    public FieldRule? Field(SubjectKind subject, string id)
    {
        foreach (var field in FieldsOf(subject))
            if (field.Id == id)
                return field;
        return
            subject == SubjectKind.Resident
            && id.StartsWith(CertificatePrefix, StringComparison.Ordinal)
            && Certificate(id[CertificatePrefix.Length..]) is { } certificate
            ? certificate.Number
            : null;
    }

    public GroupRule? Group(string id) => Groups.FirstOrDefault(g => g.Id == id);

    public KeyPlaceRule? KeyPlace(string id) => KeyPlaces.FirstOrDefault(k => k.Id == id);

    public PurposeRule? Purpose(string id) => Purposes.FirstOrDefault(p => p.Id == id);

    public CertificateRule? Certificate(string kind) => Certificates.FirstOrDefault(c => c.Id == kind);
}

/// <summary>What a field belongs to.</summary>
public enum SubjectKind
{
    Resident,
    Household,
    Place,
}

/// <param name="Codes">The code list of a field of type <see cref="FieldType.Code"/>; otherwise null.</param>
/// <param name="Required">Nothing is kept about a subject without it.</param>
public sealed record FieldRule(
    string Id,
    string Name,
    string NameEn,
    FieldType Type,
    FieldProtection Protection,
    string? Codes,
    bool Required
)
{
    /// <summary>What sheets of other systems call it.</summary>
    public ImmutableArray<string> Also { get; init; } = [];

    /// <summary>What it is kept for, as a resident is told who asks; empty where nothing is said.</summary>
    public string Why { get; init; } = "";
    public string WhyEn { get; init; } = "";
}

/// <summary>What a field's text is; how it is checked, written and masked follows from it.</summary>
public enum FieldType
{
    Text,
    Name,
    Date,
    Code,
    Number,
    Boolean,
    Phone,
    Identifier,
    Plate,
    Address,
}

/// <summary>Who sees a field. Everything is sealed where it is kept, whatever this says.</summary>
public enum FieldProtection
{
    /// <summary>Whoever may read households sees it.</summary>
    Open,

    /// <summary>It is masked, except names, addresses and phones for whoever is linked to the household.</summary>
    Personal,

    /// <summary>It is masked, also for whoever is linked to the household.</summary>
    Sensitive,
}

/// <summary>A code list of a standard or of the pack.</summary>
/// <param name="Source">The standard, such as GB/T 2261.1-2003; empty for a list of the pack.</param>
public sealed record CodeList(string Id, string Name, string NameEn, string Source, ImmutableArray<CodeName> Codes)
{
    public CodeName? Find(string code)
    {
        foreach (var entry in Codes)
            if (entry.Code == code)
                return entry;
        return null;
    }

    /// <summary>The code for which a sheet writes a text: its name, one of its other names, or the code itself.</summary>
    public CodeName? Named(string text)
    {
        foreach (var entry in Codes)
            if (entry.Code == text || entry.Name == text || entry.Also.Contains(text))
                return entry;
        return null;
    }
}

/// <summary>A code and what it stands for.</summary>
public sealed record CodeName(string Code, string Name, string NameEn)
{
    /// <summary>Other names, as people write them in sheets.</summary>
    public ImmutableArray<string> Also { get; init; } = [];
}

/// <summary>A special group of residents, such as elders who live alone.</summary>
/// <param name="VisitEvery">How often a household with such a resident must be visited; null for no rhythm.</param>
/// <param name="ReadBy">The posts that may know who is in it; empty for everybody who may read households.</param>
/// <param name="Sensitive">That somebody is in it is sensitive personal information.</param>
public sealed record GroupRule(
    string Id,
    string Name,
    string NameEn,
    CalendarPeriod? VisitEvery,
    ImmutableArray<string> ReadBy,
    bool Sensitive
);

/// <summary>A certificate, an allowance or a check that must be renewed.</summary>
/// <param name="Category">The category of the case that is reported before it lapses.</param>
/// <param name="Lead">How long before.</param>
public sealed record CertificateRule(string Id, string Name, string NameEn, string Category, CalendarPeriod Lead)
{
    /// <summary>Its number, as a field of the resident.</summary>
    internal FieldRule Number =>
        new(
            HouseholdRules.CertificatePrefix + Id,
            $"{Name}号码",
            NameEn.Length > 0 ? $"{NameEn}: number" : "",
            FieldType.Identifier,
            FieldProtection.Sensitive,
            null,
            Required: false
        );
}

/// <summary>A type of key places, such as schools.</summary>
/// <param name="VisitEvery">How often such a place must be looked at; null for no rhythm.</param>
public sealed record KeyPlaceRule(string Id, string Name, string NameEn, CalendarPeriod? VisitEvery);

public sealed record PurposeRule(string Id, string Name, string NameEn);

/// <summary>The basis of the law on which something is kept (PIPL, article 13).</summary>
public sealed record BasisRule(string Name, string NameEn)
{
    public static BasisRule Default { get; } =
        new(
            "履行法定职责所必需（《个人信息保护法》第十三条第一款第三项）",
            "Needed for duties set by law (Personal Information Protection Law, article 13, paragraph 1, item 3)"
        );
}

/// <summary>How often one person may reveal values.</summary>
/// <param name="PerHour">More are refused.</param>
/// <param name="UnusualPerDay">More are shown to the inspector as unusual.</param>
public sealed record RevealRule(int PerHour, int UnusualPerDay)
{
    public static RevealRule Default { get; } = new(30, 100);
}

/// <summary>How long something is kept after a resident moved out or died, and how long it is known who revealed what.</summary>
public sealed record RetentionRule(CalendarPeriod MovedOut, CalendarPeriod Died, CalendarPeriod Reveals)
{
    /// <summary>Three years: as long as the law has impact assessments kept.</summary>
    public static RetentionRule Default { get; } = new(new(3, CalendarUnit.Years), new(3, CalendarUnit.Years), new(3, CalendarUnit.Years));
}
