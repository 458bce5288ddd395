using GridActors.Storage.Areas;
using GridActors.Storage.Inbox;
using GridActors.Storage.Outbox;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Catalogue;
using GridActors.Web.Inbox;
using GridActors.Web.Sessions;
using GridActors.Web.Webhooks;
using NetTopologySuite.Geometries;

namespace GridActors.Web.OpenApi;

/// <summary>
/// One example of every request and answer, around one case of the pack 醴陵. Each is an object of the type it is an example of, so that the
/// compiler keeps it complete.
/// </summary>
static partial class Examples
{
    const string CaseId = "019ac0de5a7b7c3e9f10aa55c3d2e1f0";
    const string PhotoId = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    const string Reporter = "ll-w-0001";
    const string Claimant = "ll-t002-enforcement";

    static readonly DateTimeOffset Reported = new(2026, 11, 22, 9, 30, 0, TimeSpan.FromHours(8));
    static readonly DateTimeOffset Claimed = Reported.AddMinutes(6);
    static readonly PlaceJson City = new("430281", "醴陵市", "city");
    static readonly PlaceJson Town = new("430281002", "阳三石街道", "town");
    static readonly AreaJson Area = new(
        Town.Code,
        Town.Name,
        Town.Level,
        "二级网格（镇、街道）",
        "Level 2 (town or street)",
        "street",
        false,
        City.Code,
        [City, Town],
        10
    );
    static readonly ExportJson Export = new(CaseId, "running", "xlsx", Reported, 24_000, 61_204, null, null, Reported.AddDays(1));
    static readonly PostJson Post = new("grid-worker", "网格员", "Grid worker", Town.Code, Town.Name, Town.Level, ["read", "report"]);
    static readonly MeJson Me = new(
        Reporter,
        "李美怡",
        new("liling", "醴陵市网格化服务管理", "Liling grid governance", "Asia/Shanghai"),
        [Post],
        Town.Code,
        true,
        false,
        "off",
        false,
        false
    );
    static readonly HolderJson Holder = new(
        Claimant,
        "陈振志",
        "station-enforcement",
        "综合行政执法队队长",
        "Head of the enforcement team",
        Town.Code,
        Town.Name,
        null
    );

    static readonly KioskJson Kiosk = new(
        CaseId,
        "一楼大厅",
        Town.Code,
        Town.Name,
        Reported,
        Claimant,
        Holder.Name,
        Reported.AddDays(1),
        Claimed,
        Claimed,
        "Chrome, Linux",
        "10.3.7.0/24",
        null,
        null,
        null
    );

    static readonly CountsJson Counts = new(128, 17, 5, 9, 3, 2, 1, 111, 12, 6, 4, 2, 1, new(560, 2000, 1520, 310, 170, 512, 48, 9, 6));
    static readonly CaseSummaryJson Summary = new()
    {
        Id = CaseId,
        Number = "LL2026000128",
        Status = "claimed",
        Outcome = null,
        Category = "manhole-cover-missing",
        CategoryName = "井盖缺失破损",
        CategoryNameEn = "Missing or broken manhole cover",
        Class = "市政设施",
        ClassEn = "Municipal facilities",
        Area = Town.Code,
        AreaName = Town.Name,
        Title = "路口井盖缺失",
        Confidential = false,
        Reporter = Reporter,
        ReporterName = Me.Name,
        Claimant = Claimant,
        ClaimantName = Holder.Name,
        ReportedAt = Reported,
        ClaimedAt = Claimed,
        ResolvedAt = null,
        ClosedAt = null,
        UpdatedAt = Claimed,
        Version = 2,
        DueAt = Reported.AddDays(3),
        DueTerm = "3wd",
        Remaining = new(1860, true, 3),
        DueSoon = false,
        Overdue = false,
        Level = null,
        LevelName = null,
        LevelNameEn = null,
        Photo = PhotoId,
    };

    static readonly LinearRing Boundary = new([
        new Coordinate(113.48, 27.64),
        new Coordinate(113.51, 27.64),
        new Coordinate(113.51, 27.67),
        new Coordinate(113.48, 27.64),
    ]);

    static readonly Dictionary<Type, object> ByType = new object[]
    {
        new SignInRequest("liling/ll-w-0001", "a long passphrase"),
        new ChangePasswordRequest("a long passphrase", "a longer passphrase"),
        new SecondFactorSetupJson(
            "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
            "otpauth://totp/Liling:ll-w-0001?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Liling",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 57 57\"/>",
            "Q2ZESjhB",
            Reported.AddMinutes(15)
        ),
        new SetSecondFactorRequest("Q2ZESjhB", "287082"),
        new ProviderJson(true, "湘政通", "Xiangzhengtong"),
        new RecoveryCodesJson(["k7m2x-9pqrt-4wzab", "h3n8v-2cdfg-6jkmn"]),
        new ListJson<OwnSessionJson>([new(CaseId, Reported, Claimed, Reported.AddHours(12), "WeChat, Android", "10.3.7.0/24", true)], null),
        new ListJson<AccessJson>([new(7, Reported, "case-read", Claimant, Holder.Name, CaseId, "10.3.7.21", "ok")], "7"),
        new OpenKioskRequest("7K3M-9QTX-2BVD"),
        new OpenedKioskJson(Kiosk.Name, Town.Code),
        new NewKioskRequest(Town.Code, Kiosk.Name),
        new NewKioskJson("7K3M9QTX2BVD", Kiosk),
        new ListJson<KioskJson>([Kiosk], null),
        Export,
        new ListJson<ExportJson>([Export], null),
        new FirstPasswordJson("kq7mzt3wb9ryd2fx"),
        new SignedInJson("dGhpcyBpcyBub3QgYSB0b2tlbg", Reported.AddHours(12), Me),
        Me,
        new DemoJson(
            true,
            false,
            [new(Reporter, Me.Name, Me.Pack.Id, Me.Pack.Name, Me.Pack.NameEn, Post.Post, Post.Name, Post.NameEn, Post.Area, Post.AreaName)],
            new(Reported, 600)
        ),
        new OfficeHoursJson(new(2026, 11, 23), new(2027, 1, 21), [new(Reported.AddHours(23), Reported.AddHours(26.5))]),
        new CatalogueJson(
            [new(Town.Level, Area.LevelName, Area.LevelNameEn)],
            [new(Post.Post, Post.Name, Post.NameEn, [Town.Level], Post.May)],
            [new("urban-management", "城市管理局", "Urban Management Bureau")],
            [
                new(
                    Summary.Category,
                    Summary.CategoryName,
                    Summary.CategoryNameEn,
                    Summary.Class,
                    Summary.ClassEn,
                    "urban-management",
                    false,
                    new(null, "2h", "3wd warn 1wd", null, null, null, null, null),
                    [new(Holder.Post, Holder.PostName, Holder.PostNameEn, Town.Level, null, null, null, false)],
                    ["现场照片"],
                    null,
                    ["12345"],
                    false
                ),
            ],
            [new(Town.Level, [Holder.Post], null, "3wd warn 1wd", null, ["solve"], false)],
            [new("12345", "12345热线", "12345 hotline", "5wd warn 1wd")],
            [new("井盖", "Manhole covers", "公共空间", "Public space", Summary.Category) { Id = "manhole-covers", Photo = true }],
            new(
                [new("routine", "日常走访", "Routine visit")],
                [new("hazards", "用电用气用火安全", "Electricity, gas and fire")],
                [new("card-renewal", "证件到期换领", "Cards that lapse renewed", true)],
                "08:00"
            )
        ),
        Area,
        new ListJson<AreaJson>([Area], null),
        new ListJson<HolderJson>([Holder], null),
        new AreaMapJson(true, [new(new(Town.Code, Town.Name), new Polygon(Boundary))]),
        new BoardJson(
            1763769600123,
            17,
            Area,
            Claimed,
            new(2026, 11, 22),
            Counts,
            [new("430281002007", "阳三石社区", Counts)],
            [
                new(
                    Claimed,
                    "claimed",
                    "claimed",
                    CaseId,
                    Summary.Number,
                    Town.Code,
                    Town.Name,
                    Summary.Category,
                    Summary.CategoryName,
                    Summary.CategoryNameEn,
                    Summary.Title,
                    Claimant,
                    Holder.Name,
                    null
                ),
            ],
            "overdue"
        ),
        new StatisticsJson(
            new(2026, 11, 22),
            [new HourCount(9, 6, 4)],
            [new DayCount(new(2026, 11, 22), 6, 4)],
            [new(Summary.Category, Summary.CategoryName, Summary.CategoryNameEn, 14, 3, 1, 1)],
            [new(Summary.Class, Summary.ClassEn, 31, 9, 2, 1)],
            [Summary],
            ConsultationExamples.Figures,
            new(2026, [new("village", "三级网格（村、社区）", "Level 3 (village or community)", 89, 84)])
        ),
        new ReportRequest(Summary.Category, null, new(113.4952, 27.6571), Summary.Title, "非机动车道上，夜间看不清。", [PhotoId], null),
        new TimeUseJson(
            Claimed,
            new(
                3,
                true,
                420,
                [new("working", Holder.Post, Holder.PostName, Holder.PostNameEn, Town.Level, Area.LevelName, Area.LevelNameEn, 2, 420)]
            ),
            new(0, true, 0, [])
        ),
        new DueProofJson(
            Claimed,
            "Asia/Shanghai",
            [
                ["08:30", "12:00"],
                ["14:30", "17:30"],
            ],
            [],
            [
                new(
                    "solve",
                    "3wd",
                    Reported,
                    Reported.AddDays(3),
                    "running",
                    null,
                    null,
                    false,
                    [
                        new(
                            "3wd",
                            false,
                            Reported,
                            Reported.AddDays(3),
                            [new(new(2026, 11, 23), "counted", "weekday", "", "", 1, 0)],
                            [new(Claimed, Claimed.AddHours(2))]
                        ),
                    ]
                ),
            ]
        ),
        new CaseTimeJson(
            95,
            [
                new("waiting", null, null, [new(Holder.Post, Holder.PostName, Holder.PostNameEn)], Reported, Claimed, 5),
                new(
                    "working",
                    Claimant,
                    Holder.Name,
                    [new(Holder.Post, Holder.PostName, Holder.PostNameEn)],
                    Claimed,
                    Claimed.AddMinutes(90),
                    90
                ),
            ]
        ),
        new ReasonRequest("不属于本队职责"),
        new MergeRequest(CaseId, "同一个井盖"),
        new LinkRequest(CaseId, "同一施工队挖断的"),
        new ListJson<SimilarCaseJson>([new(0.86, 12, true, Summary)], null),
        new HandOverRequest(Claimant, "离现场最近"),
        new TextRequest("已放置警示桩"),
        new TextAndPhotosRequest("新井盖已装好", [PhotoId]),
        new ResolveRequest(
            "双方当面握手言和",
            [PhotoId],
            new([new("张三丰", false), new("阳三石物业公司", true)], true, "物业公司三日内修复排水沟", "village", "阳调〔2026〕12号")
        ),
        new TransferRequest("urban-management", "需要更换井座"),
        new ForwardRequest("12345", "井盖属于供水公司"),
        new ForwardAnswerRequest(
            "case.forward-answered",
            Claimed.AddDays(1),
            new(CaseId, OutboxMessages.IdOf(Guid.Parse(CaseId)), "solved", "已更换井盖")
        ),
        new ListJson<OutboxMessageJson>(
            [
                new(
                    OutboxMessages.IdOf(Guid.Parse(CaseId)),
                    "12345",
                    "12345热线",
                    "12345 hotline",
                    OutboxMessages.Forwarded,
                    CaseId,
                    Summary.Number,
                    "waiting",
                    Claimed,
                    2,
                    Claimed.AddSeconds(5),
                    Claimed.AddMinutes(5),
                    null,
                    "http-503"
                ),
            ],
            null
        ),
        new PauseRequest("等待厂家发来新井座", [PhotoId]),
        new ExtensionRequest("2wd", "需要先迁移管线"),
        new GrantRequest("同意"),
        new CloseRequest(5, "处理及时"),
        new CaseJson(Summary)
        {
            Detail = "非机动车道上，夜间看不清。",
            Position = new(113.4952, 27.6571),
            Photos = [new(PhotoId, "reported")],
            AreaPath = Area.Path,
            OfferedTo = [Claimant],
            Recipients =
            [
                new(
                    Claimant,
                    Holder.Name,
                    Holder.Post,
                    Holder.PostName,
                    Holder.PostNameEn,
                    Holder.Area,
                    Holder.AreaName,
                    "“井盖缺失破损”派给阳三石街道的综合行政执法队队长",
                    "“Missing or broken manhole cover” goes to Head of the enforcement team of 阳三石街道"
                ),
            ],
            Ladder = [new(Town.Level, Area.LevelName, Area.LevelNameEn, Town.Code, Town.Name, false, false)],
            Actions = ["release", "handover", "on-site", "progress", "resolve", "explain", "transfer", "comment"],
        },
        new CaseListJson([Summary], "NjM4OTkzNDc4MDAwMDAwMDAwLjAxOWFj", 128, true),
        History,
        new ListJson<SupervisedCaseJson>(
            [
                new(
                    "open",
                    new("LL2026-D000012", Claimed, Reporter, Me.Name, "三天没有进展", null, Claimed.AddDays(1), null, null, null, null),
                    Summary
                ),
            ],
            null
        ),
        new InboxJson([new("mine", false, Claimed, Summary)], new InboxCounts(0, 1, 0, 0, 0, 0, 0, 0), null, new(Reported, Claimed, 12, 1)),
        new VerificationJson(1121, [new(Town.Code, "open", 18, 17)], [], new(3, 3, PhotoId, null)),
        new LivenessJson("live", "0.5.0"),
        new ReadinessJson("ready", null),
    }
        .Concat(ConsultationExamples.All(Summary))
        .Concat(PhotoExamples.All(PhotoId))
        .Concat(MeetingExamples.All(Summary))
        .Concat([.. HouseholdExamples.All(), .. PlaceExamples.All()])
        .Concat([.. ImportExamples.All(), .. SurveyExamples.All(), .. RegistrationExamples.All()])
        .Concat([
            .. AppointmentExamples.All(),
            .. WorkerDayExamples.All(),
            .. FieldTaskExamples.All(),
            .. GridCardExamples.All(),
            .. ScoreExamples.All(),
        ])
        .Concat(OfEditing())
        .ToDictionary(e => e.GetType());

    /// <summary>The example of a request or an answer; null of a type that has none.</summary>
    public static object? Of(Type type) => ByType.GetValueOrDefault(type);
}
