namespace GridActors.Contracts.Scores;

/// <summary>Why a score isn't shown, beside the codes that cases have too: the stable codes of docs/api.md.</summary>
public static class ScoreRejections
{
    /// <summary>The place has no rules for the month, or none for the person's post.</summary>
    public const string NoScores = "no-scores";

    /// <summary>The place doesn't compare people with each other.</summary>
    public const string RankingOff = "ranking-off";
}
