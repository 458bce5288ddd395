using GridActors.Web.Areas;
using GridActors.Web.Households;
using GridActors.Web.Surveys;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about surveys, for <see cref="Examples"/>.</summary>
static class SurveyExamples
{
    const string Id = "019ac0e95a7b7c3e9f10aa55c3d2e2c1";
    const string Household = "019ac0e95a7b7c3e9f10aa55c3d2e2a1";
    const string Code = "5f2b8c0d4e6a79b1c3d5e7f90a1b2c3d";
    static readonly DateTimeOffset At = new(2026, 11, 26, 9, 30, 0, TimeSpan.FromHours(8));

    static readonly SurveyDefinitionJson Definition = new(
        "饮水安全调查",
        "Drinking water",
        "掌握各户饮水来源，安排管网延伸",
        "household",
        new([], [], null, null),
        new(2026, 11, 1),
        new(2026, 12, 31),
        [
            new(
                "source",
                "家里的饮水从哪里来？",
                "Where does your drinking water come from?",
                "single",
                [new("1", "集中供水", "Piped supply"), new("2", "山泉水", "Spring")],
                true,
                null,
                "waterSource",
                false
            ),
            new("dry", "枯水期会断水吗？", "Does it run dry?", "yes-no", [], false, new("source", ["2"]), null, false),
        ]
    );

    static readonly SurveyItemJson Item = new(
        Id,
        Definition.Title,
        Definition.TitleEn,
        "household",
        "published",
        true,
        Definition.From,
        Definition.Until,
        "431222118",
        "北溶乡",
        1,
        false,
        1
    );

    static readonly SurveyJson Survey = new(
        Id,
        "published",
        true,
        "431222118",
        "北溶乡",
        1,
        1,
        At,
        "br-county-director",
        "舒建国",
        Definition,
        null,
        ["manage", "export"]
    );

    static readonly SheetJson Sheet = new(
        Id,
        Household,
        Household,
        "张三丰",
        "杨家潭村3组12号",
        null,
        "answered",
        new SortedDictionary<string, FieldValueJson> { ["source"] = new("2", false), ["dry"] = new("true", false) },
        new SortedDictionary<string, string>(),
        null,
        1,
        true,
        [new("answered", At, "br-w-008", "向秀英", false)]
    );

    static readonly SurveyTargetJson Target = new(
        Household,
        Household,
        "431222118003001001",
        "杨家潭村第一微网格",
        "张三丰",
        "杨家潭村3组12号",
        null,
        "open",
        null,
        null
    );

    static readonly SurveyResultsJson Results = new(
        Id,
        "431222118003",
        "杨家潭村",
        At,
        new(274, 190, 3, 81),
        [new("431222118003001", "杨家潭村第一网格", "grid", new(64, 40, 1, 23))],
        [new("source", false, 190, [new("1", 121), new("2", 69)], null), new("dry", true, 0, [], null)]
    );

    public static IEnumerable<object> All() =>
        [
            new ListJson<SurveyItemJson>([Item], null),
            Survey,
            Sheet,
            new ListJson<SurveyTargetJson>([Target], null),
            new InviteRequest([Household]),
            new ListJson<InvitationJson>([new(Household, Code)], null),
            new OpenInvitationRequest(Code),
            new AnswerInvitationRequest(Code, new Dictionary<string, string?> { ["source"] = "2", ["dry"] = "true" }),
            new InvitedSurveyJson(
                "北溶乡网格化服务管理",
                "Beirong grid governance",
                Definition.Title,
                Definition.TitleEn,
                Definition.Purpose,
                Definition.Until,
                "household",
                "open",
                Definition.Questions
            ),
            Results,
            new SurveyRequest(
                "431222118",
                Definition.Title,
                Definition.TitleEn,
                Definition.Purpose,
                "household",
                null,
                "2026-11-01",
                "2026-12-31",
                [
                    new(
                        "source",
                        "家里的饮水从哪里来？",
                        null,
                        "single",
                        [new("1", "集中供水", null), new("2", "山泉水", null)],
                        true,
                        null,
                        "waterSource",
                        false
                    ),
                    new("dry", "枯水期会断水吗？", null, "yes-no", null, null, new("source", ["2"]), null, false),
                ]
            ),
            new CloseSurveyRequest("调查结束"),
            new AnswersRequest(Household, new Dictionary<string, string?> { ["source"] = "2", ["dry"] = "true" }, null),
            new RefusalRequest(Household, "不愿意回答"),
        ];
}
