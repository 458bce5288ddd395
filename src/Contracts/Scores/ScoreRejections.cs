namespace GridActors.Contracts.Scores;

/// <summary>Why something about a score is refused, beside the codes that cases have too: the stable codes of docs/api.md.</summary>
public static class ScoreRejections
{
    /// <summary>The place has no rules for the month, or none for the person's post.</summary>
    public const string NoScores = "no-scores";

    /// <summary>The place doesn't compare people with each other.</summary>
    public const string RankingOff = "ranking-off";

    /// <summary>The month isn't closed yet: what is doubted may still change by itself.</summary>
    public const string NotClosed = "score-not-closed";

    /// <summary>The time for appeals is over.</summary>
    public const string AppealOver = "appeal-over";

    /// <summary>The line was appealed against before.</summary>
    public const string AlreadyAppealed = "already-appealed";

    /// <summary>The appeal is decided, or was raised already.</summary>
    public const string AppealDecided = "appeal-decided";

    /// <summary>Nobody decides about their own score, and the second instance is somebody else above the first.</summary>
    public const string NotYourAppeal = "not-your-appeal";

    /// <summary>A granted appeal gives more points than before, and no more than the line can have.</summary>
    public const string WrongPoints = "wrong-points";
}
