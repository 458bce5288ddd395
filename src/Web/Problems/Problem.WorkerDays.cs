using GridActors.Contracts.WorkerDays;

namespace GridActors.Web.Problems;

/// <summary>The problems of workers' days.</summary>
partial class Problem
{
    static Dictionary<string, Entry> OfWorkerDays =>
        new()
        {
            [WorkerDayRejections.OffDuty] = new(
                409,
                "不在岗时段的轨迹不会被记录。",
                "Positions are recorded on duty alone: this part of the track isn't."
            ),
            [WorkerDayRejections.OwnFlag] = new(409, "不能销自己的疑点，请由上级处理。", "Nobody clears a doubt about themselves."),
            [WorkerDayRejections.NoFlag] = new(409, "没有这个疑点，或已被销去。", "There is no such doubt, or it was cleared already."),
        };
}
