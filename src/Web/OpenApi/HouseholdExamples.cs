using GridActors.Web.Areas;
using GridActors.Web.Households;
using GridActors.Web.Households.Export;
using GridActors.Web.Households.Forms;
using GridActors.Web.Reassignments;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about households, for <see cref="Examples"/>. The people in them are made up.</summary>
static partial class HouseholdExamples
{
    const string Id = "019ac0e95a7b7c3e9f10aa55c3d2e2a1";
    const string ResidentId = "019ac0e95a7b7c3e9f10aa55c3d2e2a2";
    const string CertificateId = "019ac0e95a7b7c3e9f10aa55c3d2e2a3";
    const string Area = "430281002007001";
    const string AreaName = "碧霞村第一网格";
    const string Elder = "elder-alone";
    const string Disability = "disability";
    internal const string Purpose = "service";
    const string PurposeName = "办理服务";
    const string Reason = "全家迁往县城";

    static readonly DateTimeOffset At = new(2026, 11, 26, 9, 30, 0, TimeSpan.FromHours(8));
    static readonly DateOnly Lapses = new(2026, 12, 31);

    static readonly Dictionary<string, string?> Fields = new() { ["address"] = "阳三石街道碧霞村3组12号", ["phone"] = "07312345678" };
    static readonly Dictionary<string, string?> ResidentFields = new() { ["name"] = "张三丰", ["phone"] = "13812345678" };

    static readonly ResidentRequest Resident = new("registered", "02", ResidentFields, [Elder], [new(Disability, "2026-12-31")], []);

    internal static readonly HouseholdItemJson Item = new()
    {
        Id = Id,
        Area = Area,
        AreaName = AreaName,
        Place = null,
        State = "living",
        Number = "0012",
        Address = "阳三石街道碧霞村****",
        Door = null,
        Phone = "138****5678",
        Head = new(ResidentId, "张*丰"),
        ResidentCount = 1,
        Groups = [Elder],
        CertificateLapses = Lapses,
        CheckedAt = At,
        VisitedAt = At,
        OpenCases = 0,
        Version = 2,
        Linked = false,
    };

    static readonly ResidentJson Shown = new(
        ResidentId,
        "registered",
        "02",
        "户主",
        "living",
        76,
        new Dictionary<string, FieldValueJson> { ["name"] = new("张*丰", true), ["phone"] = new("138****5678", true) },
        [Elder],
        [new(CertificateId, Disability, "残疾证", "Disability certificate", Lapses, null)],
        [],
        false
    );

    static readonly RevealJson Revealed = new(
        "019ac0e95a7b7c3e9f10aa55c3d2e2a4",
        At,
        "ll-gov-1",
        "陈振志",
        Area,
        AreaName,
        Id,
        null,
        [ResidentId],
        ["phone"],
        Purpose,
        PurposeName,
        "10.0.0.7",
        false,
        null,
        null
    );

    static readonly LikeResidentJson Like = new(
        ResidentId,
        Id,
        Area,
        AreaName,
        "registered",
        "户主",
        new Dictionary<string, FieldValueJson> { ["name"] = new("张*丰", true) },
        "阳三石街道碧霞村****",
        [Elder],
        true
    );

    static readonly HouseholdExportJson Export = new(
        "019ac0e95a7b7c3e9f10aa55c3d2e2a5",
        "running",
        Area,
        AreaName,
        Purpose,
        PurposeName,
        ["name", "phone"],
        At,
        480,
        2000,
        null,
        null,
        At.AddDays(1)
    );

    static readonly SuccessorJson Successor = new("430281002007002", "碧霞村第二网格");

    static readonly ReassignmentJson Reassigned = new(
        "019ac0e95a7b7c3e9f10aa55c3d2e2a5",
        "ll-gov-1",
        "陈振志",
        At,
        "applied",
        1,
        1,
        [new(Area, AreaName, Successor.Area, Successor.AreaName, 1)],
        [],
        At,
        At.AddDays(1),
        null,
        null
    );

    public static IEnumerable<object> All() =>
        [
            Resident,
            new CertificateRequest(Disability, "2026-12-31"),
            new HouseholdRequest(Area, null, null, Fields, [Resident]),
            new CorrectHouseholdRequest(Fields, null),
            new CorrectResidentRequest(null, null, ResidentFields, null, null, null),
            new ConfirmRequest(true),
            new MoveHouseholdRequest(Area, null, Fields, Reason),
            new MoveOutRequest([ResidentId], null, Reason),
            new DeathRequest(ResidentId, "2026-11-20"),
            new SplitRequest([ResidentId], null, ResidentId, Fields, "分户"),
            new MergeHouseholdRequest(Id, "重复登记"),
            new HeadRequest(ResidentId, "10"),
            new EraseRequest(ResidentId, "本人申请"),
            new RevealRequest(Purpose, ["phone"], ResidentId),
            new ResidentSearchRequest("zsf", Area),
            new HouseholdListJson([Item], null, 1, true),
            new ListJson<HouseholdItemJson>([Item], null),
            new ListJson<OtherResidentJson>([new(Item.Id, "019ac0e95a7b7c3e9f10aa55c3d2e2b2", "李小妹", "13900005678")], null),
            new ListJson<FoundResidentJson>([new(ResidentId, "张*丰", "registered", "living", [Elder], Item)], null),
            new HouseholdJson(
                Id,
                Area,
                AreaName,
                "living",
                null,
                null,
                new Dictionary<string, FieldValueJson> { ["address"] = new("阳三石街道碧霞村****", true) },
                [Shown],
                ResidentId,
                At,
                At,
                "ll-w-0001",
                "李网格",
                At,
                At,
                null,
                2,
                false,
                ["edit", "reveal"]
            ),
            new ListJson<HouseholdStepJson>(
                [new(2, At, "ll-w-0001", "李网格", "resident-corrected", [ResidentId], ["phone"], null, null, null)],
                null
            ),
            new HouseholdSummaryJson(Area, 560, 2000, 1800, 150, 50, [new(Elder, "独居老人", "Elders living alone", 31)], 530, 30, 12, 4),
            new RevealedJson(
                new Dictionary<string, string>(),
                new Dictionary<string, IReadOnlyDictionary<string, string>>
                {
                    [ResidentId] = new Dictionary<string, string> { ["phone"] = "13812345678" },
                }
            ),
            new ListJson<RevealJson>([Revealed], null),
            .. OfRequests(),
            new ListJson<ChangedAreaJson>([new(Area, AreaName, true, 560, [Successor], 0)], null),
            new ProposalRequest(Area, [new("3栋", Successor.Area)]),
            new ListJson<ProposedMoveJson>([new(Item, Successor.Area, Successor.AreaName, "only-successor")], null),
            new ReassignmentRequest([new(Successor.Area, [Id])]),
            Reassigned,
            new ListJson<ReassignmentJson>([Reassigned], null),
            new HouseholdExportRequest(Area, Purpose, ["name", "phone"]),
            Export,
            new ListJson<FormJson>(
                [
                    new(
                        "elders-by-village",
                        "老年人口统计表",
                        "Elders by village",
                        false,
                        [new("60岁以上", "60 and older", "居民人数：60周岁及以上")]
                    ),
                ],
                null
            ),
            new DuplicateListJson([new("number", Like, Like, ["idNumber"])], true),
            new MergeResidentsRequest(ResidentId, Id, "019ac0e95a7b7c3e9f10aa55c3d2e2a6", "019ac0e95a7b7c3e9f10aa55c3d2e2a7"),
            new DistinguishRequest(ResidentId, "019ac0e95a7b7c3e9f10aa55c3d2e2a6"),
            new ListJson<HouseholdExportJson>([Export], null),
            new HouseholdRulesJson(
                new([new("name", "姓名", "Name", "name", "personal", null, true)], [], []),
                new Dictionary<string, IReadOnlyList<CodeJson>> { ["sex"] = [new("1", "男性", "Male")] },
                [new(Elder, "独居老人", "Elders living alone", "7d", false)],
                [new(Disability, "残疾证", "Disability certificate", "30d")],
                [new("school", "学校", "Schools", "30d")],
                [new(Purpose, PurposeName, "Service for the resident")]
            ),
        ];
}
