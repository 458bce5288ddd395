using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GridActors.Simulator.Client;

// The parts of docs/api.md's answers that the simulator reads. Unused fields are left out, because skipping them is cheaper than parsing
// them.

sealed record SignInBody(string Account, string? Password, bool? Demo);

sealed record SignedIn(string Token, Me Me);

sealed record Me(string Id, string Name, PackName Pack, ImmutableArray<HeldPost> Posts, string? Home)
{
    /// <summary>
    /// Rights hold in the area of a post and everything below it. So a right that is held at <see cref="Home"/> holds wherever the person
    /// may read.
    /// </summary>
    public bool MayAtHome(string permission) => Home is not null && Posts.Any(p => p.Area == Home && p.Permits(permission));
}

sealed record PackName(string Id, string Name, string? TimeZone);

sealed record HeldPost(string Post, string Area, ImmutableArray<string> May)
{
    public bool Permits(string permission) => !May.IsDefault && May.Contains(permission, StringComparer.OrdinalIgnoreCase);
}

sealed record DemoPeople(bool Demo, ImmutableArray<DemoPerson> People, SetTime? Time = null);

/// <summary>The time that a demo has set for itself.</summary>
sealed record SetTime(DateTimeOffset Now, double Pace);

sealed record DemoPerson(string Account, string Pack, string Post, string Area);

sealed record AreaView(string Code, string Name, string? Parent, int Children);

sealed record PostHolder(string Person, string Post, string Area);

sealed record Listing<T>(ImmutableArray<T> Items, string? Next);

sealed record CatalogueView(
    ImmutableArray<DepartmentView> Departments,
    ImmutableArray<CategoryView> Categories,
    ImmutableArray<ChecklistLine> Checklist = default,
    FieldView? Field = null
);

sealed record ChecklistLine(string? Id);

/// <summary>What the pack says about work outdoors.</summary>
sealed record FieldView(ImmutableArray<PurposeView> Purposes);

sealed record PurposeView(string Id);

sealed record DepartmentView(string Id, string Name);

sealed record CategoryView(string Code, string Name, string? Class, string? Department, bool Confidential, bool Mediation);

sealed record MapView(ImmutableArray<MapFeature> Features);

sealed record MapFeature(MapProperties Properties, MapGeometry? Geometry);

sealed record MapProperties(string Code);

sealed record MapGeometry(string Type, System.Text.Json.JsonElement Coordinates);

sealed record BoardView(BoardCounts Counts, DateTimeOffset AsOf);

sealed record BoardCounts(int Reported, int Open, int Closed);

sealed record Position(double Lon, double Lat)
{
    const double MetresPerDegree = 111_320;

    /// <param name="direction">In radians.</param>
    public Position Moved(double metres, double direction) =>
        new(
            Math.Round(Lon + metres * Math.Cos(direction) / (MetresPerDegree * Math.Cos(Lat * Math.PI / 180)), 6),
            Math.Round(Lat + metres * Math.Sin(direction) / MetresPerDegree, 6)
        );
}

sealed record NewCase(
    string Category,
    string Area,
    string Title,
    string? Detail,
    Position? Position = null,
    string? Solved = null,
    MediationBody? Mediation = null
);

sealed record CaseView(
    string Id,
    string Status,
    string Category,
    string? Claimant,
    string? Department,
    ImmutableArray<string> OfferedTo,
    ImmutableArray<string> Actions,
    DateTimeOffset ReportedAt,
    DateTimeOffset? ClosedAt
)
{
    public bool Lets(string step) => !Actions.IsDefault && Actions.Contains(step);
}

static class CaseStatus
{
    public const string Offered = "offered";
    public const string Claimed = "claimed";
    public const string OnSite = "on-site";
    public const string Resolved = "resolved";
    public const string Explained = "explained";
    public const string Closed = "closed";
}

/// <summary>The body of every step; a step sets the fields that it has; null fields aren't written.</summary>
sealed record StepBody(
    string? Text = null,
    string? Reason = null,
    string? To = null,
    string? Department = null,
    int? Rating = null,
    MediationBody? Mediation = null
)
{
    public static StepBody Empty { get; } = new();
}

/// <summary>How a dispute was settled.</summary>
sealed record MediationBody(ImmutableArray<PartyBody> Parties, bool Agreed, string Agreement);

sealed record PartyBody(string Name);

sealed record HouseholdBody(string Area, string? Place, IReadOnlyDictionary<string, string> Fields, ImmutableArray<ResidentBody> Residents);

sealed record PlaceBody(string Area, string Kind, IReadOnlyDictionary<string, string> Fields, Position? Position);

sealed record PlaceView(string Id);

sealed record DoorsBody(int Units, int Floors, int DoorsPerFloor);

sealed record DoorsView(ImmutableArray<DoorView> Dwellings);

sealed record DoorView(string Id, string? UnitName, string Door);

sealed record ResidentBody(
    string Kind,
    string Relation,
    IReadOnlyDictionary<string, string> Fields,
    ImmutableArray<string> Groups,
    ImmutableArray<CertificateBody> Certificates,
    ImmutableArray<string> Tags
);

sealed record CertificateBody(string Kind, DateOnly ExpiresOn);

sealed record HouseholdView(string Id);

sealed record FieldPosition(double Lon, double Lat, double Accuracy);

sealed record TrackPoint(DateTimeOffset At, double Lon, double Lat, double Accuracy);

/// <summary>A check-in, a visit or a track; each sets the fields that it has.</summary>
sealed record FieldItem(Guid Id, int Sequence, DateTimeOffset At)
{
    public FieldPosition? Position { get; init; }
    public string? Kind { get; init; }
    public Guid? Patrol { get; init; }
    public string? Checkpoint { get; init; }
    public string? Seen { get; init; }
    public IReadOnlyList<string>? Households { get; init; }
    public string? Purpose { get; init; }
    public DateTimeOffset? Until { get; init; }
    public IReadOnlyList<TrackPoint>? Points { get; init; }
}

sealed record FieldBatch(string Device, DateTimeOffset SentAt, ImmutableArray<FieldItem> Items);

sealed record FieldAnswer(ImmutableArray<FieldOutcome> Items);

sealed record FieldOutcome(string Outcome);

/// <summary>The parts of an <c>application/problem+json</c> answer that decide what to do next.</summary>
sealed record Problem(string? Code, string? Detail, string? Claimant)
{
    [JsonIgnore]
    public int HttpStatus { get; init; }

    public override string ToString() => $"{HttpStatus} {Code}: {Detail}";
}

static class ProblemCode
{
    public const string AlreadyClaimed = "already-claimed";
    public const string AmbiguousAccount = "ambiguous-account";
    public const string NotFound = "not-found";
    public const string NotSignedIn = "not-signed-in";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SignInBody))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(DemoPeople))]
[JsonSerializable(typeof(AreaView))]
[JsonSerializable(typeof(Listing<AreaView>), TypeInfoPropertyName = "AreaListing")]
[JsonSerializable(typeof(Listing<PostHolder>), TypeInfoPropertyName = "PeopleListing")]
[JsonSerializable(typeof(CatalogueView))]
[JsonSerializable(typeof(MapView))]
[JsonSerializable(typeof(BoardView))]
[JsonSerializable(typeof(NewCase))]
[JsonSerializable(typeof(CaseView))]
[JsonSerializable(typeof(StepBody))]
[JsonSerializable(typeof(HouseholdBody))]
[JsonSerializable(typeof(HouseholdView))]
[JsonSerializable(typeof(Listing<HouseholdView>), TypeInfoPropertyName = "HouseholdListing")]
[JsonSerializable(typeof(FieldBatch))]
[JsonSerializable(typeof(FieldAnswer))]
[JsonSerializable(typeof(PlaceBody))]
[JsonSerializable(typeof(PlaceView))]
[JsonSerializable(typeof(DoorsBody))]
[JsonSerializable(typeof(DoorsView))]
[JsonSerializable(typeof(Problem))]
sealed partial class WireJson : JsonSerializerContext;
