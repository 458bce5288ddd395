namespace GridActors.Harness;

/// <summary>A household as the API answers it; what tests look at.</summary>
public sealed record HouseholdView(
    string Id,
    string Area,
    string State,
    IReadOnlyDictionary<string, FieldView> Fields,
    IReadOnlyList<ResidentView> Residents,
    string? Head,
    int Version,
    bool Linked,
    IReadOnlyList<string> Actions
)
{
    public ResidentView Resident(int index) => Residents[index];
}

public sealed record FieldView(string Value, bool Masked);

public sealed record ResidentView(
    string Id,
    string Kind,
    string? Relation,
    string State,
    int? Age,
    IReadOnlyDictionary<string, FieldView> Fields,
    IReadOnlyList<string> Groups,
    IReadOnlyList<CertificateView> Certificates,
    bool Erased
);

public sealed record CertificateView(string Id, string Kind, string? RaisedCase);

public sealed record HouseholdItemView(
    string Id,
    string Area,
    string? Address,
    string? Phone,
    HeadView? Head,
    int ResidentCount,
    IReadOnlyList<string> Groups,
    int OpenCases,
    bool Linked
);

public sealed record HeadView(string Id, string? Name);

public sealed record FoundResidentView(string Resident, string? Name, HouseholdItemView Household);
