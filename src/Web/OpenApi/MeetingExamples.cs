using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Meetings;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about ledgers and meetings, for <see cref="Examples"/>.</summary>
static class MeetingExamples
{
    const string Id = "019ac0e95a7b7c3e9f10aa55c3d2e1f2";
    const string Number = "LL2026-M000012";
    const string Area = "430281002007";
    const string AreaName = "碧霞村";
    const string Minutes = "到会 5 人，议 1 件，办 1 件。";

    static readonly DateTimeOffset At = new(2026, 11, 27, 15, 0, 0, TimeSpan.FromHours(8));

    /// <param name="summary">The case that the meeting decides about.</param>
    public static IEnumerable<object> All(CaseSummaryJson summary)
    {
        var clerk = new AttendeeJson("ll-k-0001", "陈振志", "village-clerk", "村综治专干", "Village governance clerk", true);
        var task = new MeetingTaskJson("清障便道", [clerk.Name], "1wd", At.AddDays(1));
        var decision = new ItemDecisionJson("由村里清障。", true, clerk.Person, clerk.Name, At, [task]);
        return
        [
            new TableRequest("村里要一起商量", null),
            new OpenMeetingRequest(Area),
            new AttendanceRequest([clerk.Person]),
            new ItemDecisionRequest(summary.Id, decision.Text, true, [new(task.Text, null, clerk.Post, task.Term)]),
            new CloseMeetingRequest(Minutes),
            new AgendaJson(
                Area,
                AreaName,
                At,
                null,
                true,
                [clerk with { Present = false }],
                [new(summary, "村里要一起商量", At.AddDays(-3), clerk.Person, clerk.Name)]
            ),
            new MeetingJson(
                Id,
                Number,
                Area,
                AreaName,
                At,
                At,
                clerk.Name,
                [clerk],
                [new(summary, decision)],
                Minutes,
                At.AddHours(1),
                clerk.Name,
                false
            ),
            new ListJson<ListedMeetingJson>([new(Id, Number, Area, AreaName, At, At, 1, 1, At.AddHours(1))], null),
        ];
    }
}
