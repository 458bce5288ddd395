using GridActors.Contracts.FieldTasks;

namespace GridActors.Web.Problems;

/// <summary>The problems of tasks that are sent down.</summary>
partial class Problem
{
    static Dictionary<string, Entry> OfFieldTasks =>
        new()
        {
            [FieldTaskRejections.NoTargets] = new(
                409,
                "这个范围内没有符合的网格或岗位，请重新选择。",
                "Nobody there would get it: choose another area, level or post."
            ),
            [FieldTaskRejections.TooManyTargets] = new(
                409,
                "一次下达的对象太多，请缩小范围。",
                "That is more than one task can reach: choose a smaller part."
            ),
            [FieldTaskRejections.DuePassed] = new(409, "截止时间已经过去，请改到以后。", "The due time has passed: choose a later one."),
            [FieldTaskRejections.Recalled] = new(409, "任务已经撤回，不用再做。", "The task was recalled: nothing is left to do."),
            [FieldTaskRejections.NotYourTask] = new(
                403,
                "这项任务由该网格的岗位人员完成。",
                "It is done by whoever holds the post there, or stands in for them."
            ),
            [FieldTaskRejections.AlreadyDone] = new(409, "已由他人完成，不用再做。", "Somebody has done it already: the first counts."),
            [FieldTaskRejections.ProofMissing] = new(
                409,
                "还缺任务要求的内容：请核对清单、说明、照片或数量。",
                "Something that it asks for is missing: tick the checklist, and add the text, photo or number."
            ),
            [FieldTaskRejections.NotDone] = new(409, "还没有完成，不能退回。", "It is open still: there is nothing to return."),
            [FieldTaskRejections.ScheduleEnded] = new(409, "定期任务已经结束。", "The schedule has ended: begin another one."),
            [FieldTaskRejections.NeverRuns] = new(409, "按这个规则没有一次会下达，请修改。", "By this rule it would never run: change it."),
        };
}
