using GridActors.Web.Areas;
using GridActors.Web.Scores;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about scores, for <see cref="Examples"/>.</summary>
static class ScoreExamples
{
    const string Post = "grid-worker";
    const string Area = "360923100001-01";
    const string AreaName = "朝阳社区第一网格";
    const string Month = "2026-11";
    static readonly DateTimeOffset At = new(2026, 11, 26, 9, 30, 0, TimeSpan.FromHours(8));

    static readonly ScorePolicyJson Policy = new(
        "evidence",
        "team",
        "打卡只作为到岗、到场的佐证，不按次数计分。",
        "Check-ins only show that somebody was on duty or there."
    );

    static readonly ScoreItemJson Reports = new(
        "reports",
        "有效信息上报",
        "Valid reports",
        "信息上报",
        "Information",
        "reports",
        [Post],
        15,
        null,
        null,
        2,
        3,
        null,
        false
    );

    static readonly ScoreLineJson Line = new(
        Reports,
        4,
        15,
        true,
        2,
        null,
        [
            new("case", "019ac0e95a7b7c3e9f10aa55c3d2e2f1", "AY2026-000123", At, true, null),
            new("case", "019ac0e95a7b7c3e9f10aa55c3d2e2f2", "AY2026-000124", At, false, "waiting"),
        ],
        null
    );

    static readonly ScoreAppealJson Appeal = new(
        "019ac0e95a7b7c3e9f10aa55c3d2e2f9",
        "reports",
        "这件事是我先报的",
        At,
        At.AddDays(7),
        false,
        1,
        "refused",
        "",
        [new(1, "sh-0011", "赖国强", At.AddDays(1), "refused", 4, 4, "先报的是同事")],
        true,
        false
    );

    public static IEnumerable<object> All() =>
        [
            new ScoreRulesJson(
                1,
                "2026-01",
                100,
                "参照各地公开的考核办法拟定。",
                "Made after published rules.",
                Policy,
                [Reports],
                [new(1, "2026-01")]
            ),
            new ScoreJson(
                "gw-0117",
                "黄小兰",
                Post,
                "网格员",
                "Grid worker",
                Area,
                AreaName,
                Month,
                new(2026, 11, 26),
                true,
                1,
                true,
                71.5m,
                90,
                79.44m,
                100,
                new(19, 1, 18, 18),
                [Line],
                Policy,
                new("360923100001", "朝阳社区", 12, 52.1m, 63.5m, 74.2m, 81.9m, 93.3m),
                At,
                [new(At, [new("reports", 2, 4)])],
                [Appeal]
            ),
            new AreaScoresJson(
                Month,
                new(2026, 11, 26),
                true,
                new("360923100001", "朝阳社区", 120, 96, 104, 98, 5, 3, 61, 58, 12, 74.2m),
                [new(Area, AreaName, 11, 9, 10, 9, 1, 0, 6, 6, 1, 79.44m)]
            ),
            new BurdenJson(
                Month,
                new(2026, 11, 26),
                true,
                new("360923100001", "朝阳社区", 12, 214, 860, 1490, 512, 120, 36, 24, 720),
                [new(Area, AreaName, 1, 18, 72, 124, 43, 11, 3, 2, 60)]
            ),
            new AppealScoreRequest("reports", "这件事是我先报的"),
            new RaiseAppealRequest("有照片和时间"),
            new DecideAppealRequest("partly-granted", 6, "其中一件属实"),
            new ListJson<AppealItemJson>(
                [
                    new(
                        "019ac0e95a7b7c3e9f10aa55c3d2e2f9",
                        "gw-0117",
                        "黄小兰",
                        Month,
                        Area,
                        AreaName,
                        "reports",
                        "有效信息上报",
                        "Valid reports",
                        "open",
                        1,
                        At,
                        At.AddDays(7),
                        false,
                        null
                    ),
                ],
                null
            ),
            new ScoreListJson(
                "360923100001",
                "朝阳社区",
                Month,
                new(2026, 11, 26),
                true,
                1,
                100,
                Policy,
                [Reports],
                [
                    new(
                        "gw-0117",
                        "黄小兰",
                        Post,
                        "网格员",
                        "Grid worker",
                        Area,
                        AreaName,
                        71.5m,
                        90,
                        79.44m,
                        18,
                        18,
                        [new("reports", 4, 15, true)],
                        null
                    ),
                ]
            ),
        ];
}
