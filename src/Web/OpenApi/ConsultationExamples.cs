using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Consultations;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about consultations, for <see cref="Examples"/>.</summary>
static class ConsultationExamples
{
    const string Id = "019ac0e95a7b7c3e9f10aa55c3d2e1f1";

    static readonly DateTimeOffset Called = new(2026, 11, 22, 10, 30, 0, TimeSpan.FromHours(8));

    public static ConsultationFiguresJson Figures { get; } =
        new(2026, new("430281", "醴陵市", 78, 75, 3), [new("430281002", "阳三石街道", 6, 6, 0)]);

    /// <param name="summary">The case that the consultation is about.</param>
    public static IEnumerable<object> All(CaseSummaryJson summary) =>
        [
            new ConsultRequest("村里无力修复，请四方会诊", "transport"),
            new OpinionRequest("可先架设钢便桥，三天到位。", "department"),
            new DecisionRequest("由交通运输局架设钢便桥。", [new("架设钢便桥", summary.Claimant!, null, "3wd")]),
            new FinishTaskRequest(true, "钢便桥已架通。"),
            new ConsultationJson(
                Id,
                "LL2026-H000003",
                "decided",
                "村里无力修复，请四方会诊",
                Called,
                summary.Reporter,
                summary.ReporterName,
                Called.AddDays(3),
                4,
                [
                    new(
                        "department",
                        "交通运输局",
                        "Transport bureau",
                        [new(summary.Claimant!, summary.ClaimantName!)],
                        Said(summary, "可先架设钢便桥。")
                    ),
                ],
                Said(summary, "由交通运输局架设钢便桥。"),
                [
                    new(
                        1,
                        "LL2026-H000003",
                        "架设钢便桥",
                        null,
                        null,
                        null,
                        [summary.Claimant!],
                        [summary.ClaimantName!],
                        "3wd",
                        Called.AddDays(3),
                        false,
                        false,
                        null,
                        null,
                        null,
                        null
                    ),
                ],
                [],
                summary
            ),
            new ListJson<ListedConsultationJson>(
                [
                    new(
                        Id,
                        "LL2026-H000003",
                        "open",
                        "村里无力修复，请四方会诊",
                        Called,
                        summary.Reporter,
                        summary.ReporterName,
                        Called.AddDays(3),
                        4,
                        1,
                        null,
                        summary
                    ),
                ],
                null
            ),
            Figures,
        ];

    static OpinionJson Said(CaseSummaryJson summary, string text) => new(text, summary.Claimant!, summary.ClaimantName!, Called);
}
