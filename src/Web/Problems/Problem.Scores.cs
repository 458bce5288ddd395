using GridActors.Contracts.Scores;

namespace GridActors.Web.Problems;

/// <summary>The problems of scores.</summary>
partial class Problem
{
    static Dictionary<string, Entry> OfScores =>
        new()
        {
            [ScoreRejections.NoScores] = new(
                404,
                "这个月份没有适用的考核规则，或者该岗位不参加考核。",
                "No rules of scores hold in that month, or not for that post."
            ),
            [ScoreRejections.NotClosed] = new(
                409,
                "这个月还没有结束考核，暂时不能申诉。",
                "The month isn't closed yet: it can't be appealed against."
            ),
            [ScoreRejections.AppealOver] = new(409, "申诉时限已过。", "The time for appeals is over."),
            [ScoreRejections.AlreadyAppealed] = new(409, "这一项已经申诉过。", "This line was appealed against before."),
            [ScoreRejections.AppealDecided] = new(409, "这件申诉已经有了结论。", "The appeal is decided."),
            [ScoreRejections.NotYourAppeal] = new(
                403,
                "不能由您决定：本人的申诉由他人决定，复核由上一级的另一人决定。",
                "Not yours to decide: nobody decides about themself, and a second instance is somebody else above the first."
            ),
            [ScoreRejections.WrongPoints] = new(
                409,
                "改后的得分应高于原得分，且不超过该项满分。",
                "A granted appeal gives more points than before, and no more than the line can have."
            ),
            [ScoreRejections.RankingOff] = new(403, "这里不对人员进行比较排名。", "People aren't compared with each other here."),
        };
}
