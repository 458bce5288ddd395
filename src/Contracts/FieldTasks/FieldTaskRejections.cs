namespace GridActors.Contracts.FieldTasks;

/// <summary>Why a command about a task is refused, beside the codes that cases have too: the stable codes of docs/api.md.</summary>
public static class FieldTaskRejections
{
    /// <summary>Nobody there would get a to-do.</summary>
    public const string NoTargets = "no-targets";

    /// <summary>More to-dos than one task may have.</summary>
    public const string TooManyTargets = "too-many-targets";

    /// <summary>The due time has passed already.</summary>
    public const string DuePassed = "due-passed";

    /// <summary>The task was recalled.</summary>
    public const string Recalled = "task-recalled";

    /// <summary>The caller holds none of the posts that do the task there, and stands in for nobody who does.</summary>
    public const string NotYourTask = "not-your-task";

    /// <summary>Somebody has done it already: the first counts.</summary>
    public const string AlreadyDone = "already-done";

    /// <summary>Something is missing that the task asks for: an item of the checklist, a text, a photo or a number.</summary>
    public const string ProofMissing = "proof-missing";

    /// <summary>It is open: there is nothing to return.</summary>
    public const string NotDone = "not-done";

    /// <summary>The schedule has ended.</summary>
    public const string ScheduleEnded = "schedule-ended";

    /// <summary>By its rule, the schedule would never run.</summary>
    public const string NeverRuns = "never-runs";
}
