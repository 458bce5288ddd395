namespace GridActors.Contracts.Surveys;

/// <summary>Why a command about a survey is refused, beside the codes that cases have too: the stable codes of docs/api.md.</summary>
public static class SurveyRejections
{
    /// <summary>There is no draft that could be published.</summary>
    public const string NoDraft = "no-draft";

    /// <summary>The survey was closed.</summary>
    public const string Closed = "survey-closed";

    /// <summary>The survey isn't published, or its time hasn't come or is over.</summary>
    public const string NotOpen = "survey-not-open";

    /// <summary>The survey doesn't ask this household or resident.</summary>
    public const string NotAsked = "not-asked";

    /// <summary>They have answered already; a correction says that it is one.</summary>
    public const string AlreadyAnswered = "already-answered";

    /// <summary>The answers don't fit the questions as they are asked now.</summary>
    public const string WrongAnswers = "wrong-answers";
}
