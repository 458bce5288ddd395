using GridActors.Web.Areas;
using GridActors.Web.FieldTasks;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about tasks, for <see cref="Examples"/>.</summary>
static class FieldTaskExamples
{
    const string Id = "019ac0e95a7b7c3e9f10aa55c3d2e2d1";
    const string Schedule = "019ac0e95a7b7c3e9f10aa55c3d2e2d2";
    static readonly DateTimeOffset At = new(2026, 11, 24, 8, 0, 0, TimeSpan.FromHours(8));
    static readonly TaskTallyJson Tally = new(72, 20, 0, 51, 0, 1, 70);

    static readonly TaskDefinitionJson Definition = new(
        "网格日入户走访",
        "Grid day: visits door to door",
        "走访本网格住户，收集民情，排查安全隐患。",
        "work",
        new(["grid"], ["grid-head"], false),
        [new("visited", "走访住户", "Households visited"), new("hazards", "排查隐患", "Hazards looked for")],
        [],
        "",
        "count",
        "走访户数",
        null,
        "2h"
    );

    static readonly ScheduleRuleJson Rule = new("FREQ=WEEKLY;BYDAY=TU", new(2026, 11, 24), "08:00", "working", "latest", "10h");

    static readonly TargetJson Target = new(
        "430181121210001001",
        "吾田村第一网格",
        null,
        null,
        ["杨桂香"],
        "done",
        false,
        At.AddMinutes(5),
        "杨桂香",
        null,
        At.AddHours(8),
        "ct-g-001",
        "杨桂香",
        null,
        "走访 21 户，无隐患",
        [],
        21,
        ["visited", "hazards"],
        "",
        0
    );

    static readonly TaskScheduleJson Begun = new(
        Schedule,
        "running",
        "430181121",
        "澄潭江镇",
        Definition,
        Rule,
        At.AddDays(7),
        At,
        Id,
        1,
        At.AddDays(-1),
        "谭建平",
        "",
        ["manage"]
    );

    static readonly FieldTaskRequest Request = new(
        "430181121",
        Definition.Title,
        Definition.TitleEn,
        Definition.Text,
        "work",
        new(["grid"], ["grid-head"], false),
        [new("visited", "走访住户", null), new("hazards", "排查隐患", null)],
        null,
        null,
        "count",
        "走访户数",
        null,
        "2h",
        "2026-11-24T18:00:00+08:00",
        null
    );

    public static IEnumerable<object> All() =>
        [
            new ListJson<FieldTaskItemJson>(
                [
                    new(
                        Id,
                        Definition.Title,
                        Definition.TitleEn,
                        "work",
                        "open",
                        "430181121",
                        "澄潭江镇",
                        At,
                        "ct-centre-director",
                        "谭建平",
                        At.AddHours(10),
                        Tally,
                        Schedule
                    ),
                ],
                null
            ),
            new FieldTaskJson(
                Id,
                "open",
                Definition,
                "430181121",
                "澄潭江镇",
                At,
                "ct-centre-director",
                "谭建平",
                At.AddHours(10),
                At.AddHours(8),
                null,
                At.AddHours(8),
                "杨桂香",
                "",
                Schedule,
                1,
                122,
                Tally,
                new("430181121", "澄潭江镇", "town", Tally, 1071, 12),
                [new("430181121", "澄潭江镇", "town")],
                [new("430181121210", "吾田村", "village", new(6, 1, 0, 5, 0, 0, 6), 96, 3)],
                ["manage", "return"]
            ),
            new TaskPreviewJson(72, 72, 0, 10, "checklist", 720, At.AddHours(10), At.AddHours(8)),
            new ListJson<TaskTemplateJson>([new("grid-day", Definition, "10h", Rule)], null),
            Target,
            new ListJson<TargetJson>([Target], null),
            new ListJson<MyTaskJson>([new(Id, Definition, At, "谭建平", At.AddHours(10), 1, Target with { State = "open" })], null),
            Begun,
            new ListJson<TaskScheduleJson>([Begun], null),
            Request,
            new TaskScheduleRequest(Request, new("FREQ=WEEKLY;BYDAY=TU", "2026-11-24", "08:00", "working", "latest", "10h")),
            new TaskReasonRequest("改到下周"),
            new DoTargetRequest("走访 21 户，无隐患", null, 21, ["visited", "hazards"], null),
            new ReturnTargetRequest("请补拍河道照片", null),
        ];
}
