namespace GridActors.Contracts.WorkerDays;

/// <summary>Why something about a worker's day is refused, beside the codes that cases have too: the stable codes of docs/api.md.</summary>
public static class WorkerDayRejections
{
    /// <summary>Positions are recorded on duty alone.</summary>
    public const string OffDuty = "off-duty";

    /// <summary>Nobody clears a doubt about themselves.</summary>
    public const string OwnFlag = "own-flag";

    /// <summary>The record has no such flag, or it was cleared already.</summary>
    public const string NoFlag = "no-flag";
}
