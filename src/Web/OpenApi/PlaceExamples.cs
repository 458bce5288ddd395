using GridActors.Web.Areas;
using GridActors.Web.Households;
using GridActors.Web.Places;
using GridActors.Web.Problems;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about places, for <see cref="Examples"/>. The people in them are made up.</summary>
static class PlaceExamples
{
    const string Building = "019ac0e95a7b7c3e9f10aa55c3d2e2b1";
    const string Unit = "019ac0e95a7b7c3e9f10aa55c3d2e2b2";
    const string Dwelling = "019ac0e95a7b7c3e9f10aa55c3d2e2b3";
    const string Area = "430281105001001";
    const string School = "school";
    const string Reason = "拆除";

    static readonly DateTimeOffset At = new(2026, 11, 26, 9, 30, 0, TimeSpan.FromHours(8));
    static readonly PositionJson Position = new(113.4962, 27.6556);
    static readonly Dictionary<string, string?> Fields = new() { ["name"] = "3栋", ["address"] = "解放路12号3栋" };

    static readonly PlaceItemJson Item = new()
    {
        Id = Dwelling,
        Area = Area,
        AreaName = "解放路社区第一网格",
        Kind = "dwelling",
        Type = null,
        State = "in-use",
        Parent = Unit,
        Path = [new(Building, "building", "3栋"), new(Unit, "unit", "1单元")],
        Name = "301室",
        Address = null,
        Door = "301",
        Position = null,
        Households = 1,
        Contents = 0,
        VisitedAt = null,
        Overdue = false,
        Version = 1,
    };

    static readonly PlaceDetailsJson Shown = new()
    {
        Id = Building,
        Area = Area,
        AreaName = "解放路社区第一网格",
        Kind = "building",
        Type = null,
        State = "in-use",
        Parent = null,
        Path = [],
        Name = "3栋",
        Address = "解放路12号3栋",
        Door = null,
        Position = Position,
        Households = 0,
        Contents = 2,
        VisitedAt = null,
        Overdue = false,
        Version = 2,
        Fields = new Dictionary<string, FieldValueJson> { ["name"] = new("3栋", false), ["owner"] = new("张*丰", true) },
        CreatedAt = At,
        UpdatedAt = At,
        UpdatedBy = "ll-w-0001",
        UpdatedByName = "李网格",
        Actions = ["edit", "reveal"],
    };

    public static IEnumerable<object> All() =>
        [
            new PlaceRequest(Area, "building", null, null, Fields, Position),
            new CorrectPlaceRequest(Fields, null, null, null, null),
            new MovePlaceRequest(Area, null, "网格边界调整"),
            new ClosePlaceRequest(Reason),
            new PlaceRevealRequest(HouseholdExamples.Purpose, ["ownerPhone"]),
            new DwellingsRequest(2, 6, 2, null),
            new ListJson<PlaceItemJson>([Item], null),
            Shown,
            new ListJson<PlaceStepJson>([new(2, At, "ll-w-0001", "李网格", "corrected", ["owner"], false, null)], null),
            new ListJson<StayJson>([new(Dwelling, At, null, HouseholdExamples.Item)], null),
            new PlaceSummaryJson(Area, 24, 46, 552, 12, 9, 3, 1, [new(School, "学校", "Schools", 3, 1)]),
            new DwellingsJson(Building, 24, [new(Dwelling, Unit, "1单元", "301")]),
        ];
}
