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
            [ScoreRejections.RankingOff] = new(403, "这里不对人员进行比较排名。", "People aren't compared with each other here."),
        };
}
