using GridActors.Web.Appointments;
using GridActors.Web.Areas;
using GridActors.Web.WorkerDays;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about appointments, for <see cref="Examples"/>.</summary>
static class AppointmentExamples
{
    const string Id = "019ac0e95a7b7c3e9f10aa55c3d2e3a1";
    const string Household = "019ac0e95a7b7c3e9f10aa55c3d2e2d1";
    static readonly DateTimeOffset At = new(2026, 11, 27, 9, 30, 0, TimeSpan.FromHours(8));

    static readonly AppointmentJson Appointment = new(
        Id,
        "430281001001-01",
        "阳三石社区第一网格",
        "agreed",
        new("ll-101", "黄小兰"),
        new("ll-101", "黄小兰"),
        [new(Household, "张三丰", "锦江路12号", "3-201", "13800138000", "asked", At.AddDays(-1))],
        null,
        "card-renewal",
        true,
        At,
        At.AddHours(1),
        "身份证、一寸照片",
        "三位老人行动不便，请带轮椅",
        null,
        null,
        null,
        At.AddDays(-1),
        1,
        ["move", "done", "missed", "cancel", "service"]
    );

    public static IEnumerable<object> All() =>
        [
            Appointment,
            new ListJson<AppointmentJson>([Appointment], null),
            new ListJson<HouseholdVisitJson>(
                [
                    new(
                        "019ac0e9-5a7b-7c3e-9f10-aa55c3d2e4b1",
                        At,
                        "ll-101",
                        "黄小兰",
                        "must-visit",
                        "重点走访",
                        "Visit of a special group",
                        [new("needs", "困难诉求", "Needs", false, "需要助行器")],
                        "老人身体尚好"
                    ),
                ],
                null
            ),
            new ListJson<HandOverNoteJson>(
                [new("ll-101", "黄小兰", new(2026, 11, 26), "井盖处放了警示桩，明早再看。", At.AddHours(-15), null, null)],
                null
            ),
            new BookAppointmentRequest(
                [Household],
                null,
                null,
                "card-renewal",
                "2026-11-27T09:30:00+08:00",
                "2026-11-27T10:30:00+08:00",
                "身份证、一寸照片",
                "三位老人行动不便，请带轮椅"
            ),
            new MoveAppointmentRequest("2026-11-28T09:30:00+08:00", null, null, "住户家中有事"),
            new KeepAppointmentRequest("019ac0e9-5a7b-7c3e-9f10-aa55c3d2e4b1"),
            new AppointmentReasonRequest("敲门无人应答"),
            new AdvanceServiceRequest("collected", [Household], null),
        ];
}
