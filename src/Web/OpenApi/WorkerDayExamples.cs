using GridActors.Web.Areas;
using GridActors.Web.WorkerDays;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about field work, for <see cref="Examples"/>.</summary>
static class WorkerDayExamples
{
    const string Record = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    const string Household = "019ac0e95a7b7c3e9f10aa55c3d2e2a1";
    static readonly DateTimeOffset At = new(2026, 11, 26, 8, 1, 0, TimeSpan.FromHours(8));

    static readonly FieldPositionRequest Position = new(119.4706, 27.485, 12, null, null, null);
    static readonly FieldPositionJson Shown = new(119.4706, 27.485, 12, "device", "wgs84");

    static readonly FlagJson Flag = new("outside-area", 640, "ay-k-01", "陈秀兰", At.AddHours(9), "在社区开会");

    static readonly WorkerDayJson Day = new(
        "ay-w-001",
        "缪丽芳",
        new(2026, 11, 26),
        "patrol",
        At.AddHours(1),
        false,
        At.AddHours(19),
        0,
        null,
        [],
        [],
        [
            new(
                Record,
                "sign-in",
                At,
                null,
                At.AddSeconds(1),
                1,
                "p3f9c1d0",
                "350924100001001",
                "北凤社区第一网格",
                "A",
                ["position-precise", "at-station"],
                [],
                Shown,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                "",
                [],
                [new("ay-w-002", "叶国强")],
                false
            ),
        ],
        [
            new(
                Record,
                At.AddHours(1),
                null,
                [new(Record, "item-1", "消防通道", At.AddHours(1.2), "ok")],
                [new(At.AddHours(1.3), At.AddHours(1.5))]
            ),
        ],
        new("上门走访两户独居老人，燃气软管已更换。", At.AddHours(9), null, null),
        null,
        new(1, 1, 0, 0, 1, 1, 0, 0, 0)
    );

    public static IEnumerable<object> All() =>
        [
            new CheckInsRequest(
                "p3f9c1d0a2b4",
                At,
                [
                    new()
                    {
                        Id = Record,
                        Sequence = 1,
                        At = "2026-11-26T08:01:00+08:00",
                        Kind = "sign-in",
                        Position = Position,
                        With = ["ay-w-002"],
                    },
                ]
            ),
            new VisitsRequest(
                "p3f9c1d0a2b4",
                At,
                [
                    new()
                    {
                        Id = Record,
                        Sequence = 7,
                        At = "2026-11-26T10:10:00+08:00",
                        Until = "2026-11-26T10:25:00+08:00",
                        Position = Position,
                        Households = [Household],
                        Purpose = "must-visit",
                        Settled = [new("hazards", true, "燃气软管已更换")],
                    },
                ]
            ),
            new TracksRequest(
                "p3f9c1d0a2b4",
                At,
                [
                    new()
                    {
                        Id = Record,
                        Sequence = 9,
                        Points = [new("2026-11-26T09:10:00+08:00", 119.4706, 27.485, 12, 1.1)],
                    },
                ]
            ),
            new BatchAnswerJson(
                At.AddSeconds(1),
                [new(Record, "taken", new(2026, 11, 26), false, "A", ["position-precise", "at-station"], [], null)]
            ),
            Day,
            new TrackJson(
                "FeatureCollection",
                [
                    new(
                        "Feature",
                        new(At, At.AddMinutes(1), null, false, [1795651260000, 1795651320000]),
                        new(
                            "LineString",
                            [
                                [119.4706, 27.485],
                                [119.4709, 27.4852],
                            ]
                        )
                    ),
                ]
            ),
            new SignalMapJson(
                "350924100",
                new(2026, 10, 28),
                0.005,
                [new(119.4725, 27.4875, "350924100001001", "北凤社区第一网格", 64, 41, 185)]
            ),
            new ListJson<WorkerDayItemJson>(
                [
                    new(
                        "ay-w-001",
                        "缪丽芳",
                        new(2026, 11, 26),
                        "350924100001001",
                        "北凤社区第一网格",
                        At,
                        At.AddHours(9),
                        true,
                        12,
                        6,
                        1,
                        0,
                        95,
                        2,
                        At.AddHours(25),
                        At.AddHours(9),
                        "ay-w-002",
                        "叶国强"
                    ),
                ],
                null
            ),
            new ListJson<OnDutyJson>(
                [
                    new(
                        "ay-w-001",
                        "缪丽芳",
                        "grid-worker",
                        "网格员",
                        "350924100001001",
                        "北凤社区第一网格",
                        "patrol",
                        At.AddHours(1),
                        At.AddHours(1.2),
                        Shown,
                        3,
                        1,
                        0,
                        0.4
                    ),
                ],
                null
            ),
            new ListJson<FlagItemJson>(
                [
                    new(
                        "ay-w-001",
                        "缪丽芳",
                        new(2026, 11, 26),
                        Record,
                        "visit",
                        At.AddHours(2),
                        At.AddHours(2),
                        "350924100001001",
                        "北凤社区第一网格",
                        "C",
                        [],
                        Flag
                    ),
                ],
                null
            ),
            new ListJson<NearJson>([new("ay-w-001", "缪丽芳", At.AddHours(2), At.AddHours(2.3), 85)], null),
            new ListJson<CaseRecordJson>(
                [
                    new(
                        Record,
                        "checkpoint",
                        At.AddHours(2),
                        new(2026, 11, 26),
                        "ay-w-001",
                        "缪丽芳",
                        "350924100001001",
                        "北凤社区第一网格",
                        "fire-lanes",
                        "消防通道",
                        "Fire lanes",
                        true
                    ),
                ],
                null
            ),
            new ClearFlagRequest("在社区开会，已核实"),
            new DiaryRequest("上门走访两户独居老人，燃气软管已更换。"),
            new HandOverRequest("3栋电梯维修，明天上午复查。", "ay-w-002"),
        ];
}
